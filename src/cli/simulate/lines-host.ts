import type { Workspace } from '../../config/workspace.ts';
import type { DaemonEvent } from '../../daemon/daemon-events.ts';
import { findDaemon } from '../../daemon/info.ts';
import { ensureParticipant, userNamed } from '../../services/users/people.ts';
import type { Address, KnownHandler, LinesAccess, Login } from '../../simulate/host.ts';
import { DaemonWatch } from './daemon-watch.ts';
import { botsOff, type Home, openHome } from './home.ts';
import { WorkspaceHost } from './workspace-host.ts';

/** What a simulation line by line is told by its workspace. */
export interface LinesHostOptions {
  /** Called with everything that happens in the daemon. */
  onEvent: (daemonEvent: DaemonEvent) => void;
  /** Called when the daemon of this process is asked to stop, or with the error when it has to. */
  onStop: (reason?: Error) => void;
  /** Called when a daemon of another process has gone. */
  onGone: () => void;
}

/**
 * Connects a simulation line by line to its workspace. A daemon of this process is not there for others: it
 * listens on any free port of this machine, and answers no message before the simulation is ready.
 */
export class LinesHost implements LinesAccess {
  readonly #host: WorkspaceHost;
  readonly #options: LinesHostOptions;
  #address: Address = { url: '', realtime: { url: '', key: '' } };
  #watch: DaemonWatch | undefined;
  #locating: Promise<Address> | undefined;
  #answers = false;
  readonly #end = new AbortController();

  constructor(workspace: Workspace, options: LinesHostOptions) {
    this.#options = options;
    const { onEvent, onStop } = options;
    const own = { host: '127.0.0.1', port: 0, answersLater: true, loadsAhead: false, onEvent, onStop };
    this.#host = new WorkspaceHost(workspace, own);
  }

  /** Where the daemon is. */
  get address(): Address {
    return this.#address;
  }

  /** Whether the daemon is one of this process. */
  get isOwn(): boolean {
    return this.#host.own !== undefined;
  }

  /** Aborts when the simulation is interrupted or ends. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  locate(): Promise<Address> {
    this.#locating ??= this.#locate().finally(() => {
      this.#locating = undefined;
    });
    return this.#locating;
  }

  /** Resolves at once, unless the daemon has gone and is being found again. */
  async located(): Promise<void> {
    await this.#locating;
  }

  login(name: string): Promise<Login> {
    return this.#host.login(name);
  }

  reload(): Promise<string> {
    return this.#host.reload();
  }

  handlers(): Promise<readonly KnownHandler[]> {
    return this.#host.handlers();
  }

  /** Makes a person a plain participant of a thread, without a message about it. */
  async join(threadId: string, name: string): Promise<void> {
    await this.#host.withStorage(async (storage) => {
      const user = await userNamed(storage, name);
      await ensureParticipant(storage, { thread: { id: threadId }, user, admin: false });
    });
  }

  home(name: string): Promise<Home> {
    return this.#host.withApp((app) => openHome(app, name));
  }

  /** What the person should know about the daemon. */
  async daemonSentences(): Promise<string[]> {
    const { own } = this.#host;
    if (own) return own.app.config.bots.enabled ? [] : ['Bots are on for as long as this simulation runs.'];
    const { bots } = await this.#host.status();
    return ['Attached to the running daemon.', ...(bots.enabled ? [] : [botsOff])];
  }

  /** Lets the daemon of this process answer, also messages that were left by an earlier one. */
  answer(): void {
    this.#answers = true;
    this.#host.own?.app.answer();
  }

  /** Resolves once the bots are done: those of a thread, or all of them if the daemon is one of this process. */
  async idle(threadId: string): Promise<void> {
    while (!this.signal.aborted) {
      await this.located();
      if (this.#host.own) return this.#host.own.app.queue.idle();
      await this.#watch?.idle(threadId);
      if (!this.#watch?.hasEnded) return;
    }
  }

  /** Ends every waiting. Handlers that run may finish, within the limit of the configuration. */
  interrupt(): void {
    this.#end.abort();
    this.#watch?.close();
    void this.#host.own?.app.queue.close();
  }

  async close(): Promise<void> {
    this.#end.abort();
    this.#watch?.close();
    await this.#host.close();
  }

  async #locate(): Promise<Address> {
    this.#address = await this.#host.locate();
    const daemon = this.isOwn ? undefined : findDaemon(this.#host.workspace);
    if (this.isOwn && this.#answers) this.answer();
    if (daemon) this.#watch = await DaemonWatch.open(daemon, this.#options.onEvent, () => this.#gone());
    return this.#address;
  }

  #gone(): void {
    if (this.signal.aborted) return;
    this.#options.onGone();
    this.locate().catch((error) => this.#options.onStop(error));
  }
}

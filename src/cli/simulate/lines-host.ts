import { setTimeout as sleep } from 'node:timers/promises';
import { createError } from '../../base/errors.ts';
import type { Workspace } from '../../config/workspace.ts';
import type { DaemonEvent } from '../../daemon/daemon-events.ts';
import type { DaemonInfo } from '../../daemon/info.ts';
import type { ServeOptions } from '../../daemon/serve.ts';
import type { ClockChange, ClockState } from '../../domain/clock-state.ts';
import type { Replay, ReplayRequest } from '../../domain/replay.ts';
import { threadIdle } from '../../services/jobs.ts';
import { ensureParticipant, groupNamed, userNamed } from '../../services/users/people.ts';
import type { Address, KnownHandler, LinesAccess, Login } from '../../simulate/host.ts';
import { DaemonWatch } from './daemon-watch.ts';
import { botsOff, type PlaygroundReport } from './playground-report.ts';
import { unlessGone } from './unless-gone.ts';
import { WorkspaceHost } from './workspace-host.ts';

/** How often to retry if a daemon ends as soon as it is found, and the milliseconds in between. */
const maxAttempts = 20;
const attemptDelay = 250;

/** Shown when the running daemon leaves the answering to another process. */
const answersByWorker =
  'This daemon answers no messages itself (queue.inline is false): start "messenger queue:work", if it is not running.';

/** Listeners of a simulation line by line. */
export interface LinesHostOptions {
  /** Called with every event of the daemon. Errors of a daemon in another process are not passed on. */
  onEvent: (daemonEvent: DaemonEvent) => void;
  /** Called when a daemon in another process has gone. */
  onGone: () => void;
  /** Processes for handlers that were started before, for a daemon of this process. */
  hosts?: ServeOptions['hosts'];
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
  #failure: Error | undefined;
  readonly #end = new AbortController();

  constructor(workspace: Workspace, options: LinesHostOptions) {
    this.#options = options;
    this.#host = new WorkspaceHost(workspace, {
      host: '127.0.0.1',
      port: 0,
      answersLater: true,
      preloads: false,
      hosts: options.hosts,
      onEvent: (daemonEvent) => this.#pass(daemonEvent),
      onStop: (reason) => this.#stop(reason),
    });
    this.signal.addEventListener('abort', () => void this.#host.own?.app.queue.close());
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

  /** Why the simulation cannot continue: its daemon had to stop, or was not found again. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  locate(): Promise<Address> {
    this.#locating ??= this.#locate().finally(() => {
      this.#locating = undefined;
    });
    return this.#locating;
  }

  /** Resolves at once, unless the daemon has gone and is being found again. If that fails, the signal aborts. */
  async located(): Promise<void> {
    await this.#locating?.catch(() => {});
  }

  login(name: string): Promise<Login> {
    return this.#host.login(name);
  }

  reload(): Promise<string> {
    return this.#host.reload();
  }

  replay(request: ReplayRequest): Promise<Replay> {
    return this.#host.replay(request);
  }

  handlers(): Promise<readonly KnownHandler[]> {
    return this.#host.handlers();
  }

  clock(change: ClockChange): Promise<ClockState> {
    return this.#host.clock(change);
  }

  resetPlayground(name: string): ReturnType<LinesAccess['resetPlayground']> {
    return this.#host.resetPlayground(name);
  }

  get recording(): LinesAccess['recording'] {
    return this.#host.recording;
  }

  record(file: string, threadId: string): Promise<readonly string[]> {
    return this.#host.record(file, threadId);
  }

  stopRecording(): Promise<string | undefined> {
    return this.#host.stopRecording();
  }

  async reconnect(): Promise<boolean> {
    if (this.isOwn || this.signal.aborted) return false;
    await sleep(attemptDelay, undefined, { signal: this.signal }).catch(() => {});
    await this.locate();
    return true;
  }

  /** Makes a person a plain participant of a thread, without a message about it. */
  async join(threadId: string, name: string): Promise<void> {
    await this.#host.withStorage(async (storage) => {
      const user = await userNamed(storage, name);
      await ensureParticipant(storage, { thread: { id: threadId }, user, admin: false });
    });
  }

  openPlayground(name: string): Promise<PlaygroundReport> {
    return this.#host.openWithReport(name);
  }

  /** What the person should know about the daemon. */
  async daemonNotices(): Promise<string[]> {
    await this.located();
    const { own } = this.#host;
    if (own) return own.app.config.bots.enabled ? [] : ['Bots are on for as long as this simulation runs.'];
    return ['Attached to the running daemon.', ...(await this.daemonWarnings())];
  }

  /** Why the running daemon may not answer. */
  async daemonWarnings(): Promise<string[]> {
    await this.located();
    if (this.isOwn) return [];
    const status = await this.#host.daemonStatus().catch(unlessGone);
    if (status === undefined && (await this.reconnect())) return this.daemonWarnings();
    if (status === undefined) return [];
    const { bots, queue } = status;
    return [...(bots.enabled ? [] : [botsOff]), ...(queue.inline ? [] : [answersByWorker])];
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
      const { own } = this.#host;
      if (own) return this.#host.recording?.settled(this.signal) ?? own.app.queue.idle();
      if (await this.#watch?.idle(threadId)) return;
    }
  }

  /** Resolves once the bots of a thread are done, and its retries too unless they do not count. */
  async threadIdle(threadId: string, { retries }: { retries: boolean }): Promise<void> {
    while (!this.signal.aborted) {
      await this.located();
      const { own } = this.#host;
      if (own) return threadIdle(own.app, threadId, { retries });
      if (await this.#watch?.idle(threadId, retries)) return;
    }
  }

  /** Works with the database in this process. */
  withStorage: WorkspaceHost['withStorage'] = (work) => this.#host.withStorage(work);

  /**
   * Somebody who is in a group, by the names of both.
   *
   * @throws NOT_FOUND, NAME_AMBIGUOUS; NOT_PERMITTED for somebody who is not in it
   */
  participantOf(group: string, person: string): Promise<{ threadId: string; name: string }> {
    return this.withStorage(async (storage) => {
      const thread = await groupNamed(storage, group);
      const { id, name } = await userNamed(storage, person);
      const isIn = (await storage.store.participants.find(thread.id, id)) !== undefined;
      if (!isIn)
        throw createError(
          'NOT_PERMITTED',
          `"${name}" is not in the group "${thread.subject}", so the message was not sent.`,
        );
      return { threadId: thread.id, name };
    });
  }

  /** Ends every waiting. Handlers that run may finish, within the limit of the configuration. */
  interrupt(): void {
    this.#stop();
  }

  async close(): Promise<void> {
    this.#end.abort();
    await this.located();
    await this.#host.close();
  }

  /** A daemon that is just ending may be found, and be gone a moment later. */
  async #locate(): Promise<Address> {
    for (let attempt = 1; ; attempt++) {
      this.#address = await this.#host.locate();
      if (this.isOwn && this.#answers) this.answer();
      if (this.isOwn) return this.#address;
      try {
        this.#watch?.close();
        this.#watch = await this.#follow(this.#host.running());
        return this.#address;
      } catch (error) {
        if (attempt === maxAttempts || this.signal.aborted) throw error;
        unlessGone(error);
        await sleep(attemptDelay, undefined, { signal: this.signal }).catch(() => {});
      }
    }
  }

  /** Errors of a daemon that others use, too, are in its log. */
  #follow(daemon: DaemonInfo): Promise<DaemonWatch> {
    return DaemonWatch.open(daemon, {
      onEvent: (daemonEvent) => daemonEvent.name !== 'Error' && this.#pass(daemonEvent),
      onGone: () => this.#relocate(),
      signal: this.signal,
    });
  }

  /** What this simulation does to the clock is shown as the result of its command. */
  #pass(daemonEvent: DaemonEvent): void {
    const isOwn = daemonEvent.name === 'Clock' && daemonEvent.event.by === this.#host.mark;
    if (!isOwn) this.#options.onEvent(daemonEvent);
  }

  #relocate(): void {
    if (this.signal.aborted) return;
    this.#options.onGone();
    this.locate().catch((error) => this.#stop(error));
  }

  #stop(failure?: Error): void {
    this.#failure ??= failure;
    this.#end.abort();
  }
}

import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStorage, type StorageApp } from '../../app/open-storage.ts';
import { type App, openApp } from '../../app.ts';
import { createError, MessengerError } from '../../base/errors.ts';
import { fileIdentity } from '../../base/file-identity.ts';
import type { Workspace } from '../../config/workspace.ts';
import {
  askForClock,
  askForHandlers,
  askStatus,
  askToReload,
  askToReplay,
} from '../../daemon/control-client.ts';
import { handlerEntries } from '../../daemon/handler-entries.ts';
import { type DaemonInfo, findDaemon } from '../../daemon/info.ts';
import { type FolderLock, lockFolder } from '../../daemon/lock.ts';
import { relayEvents } from '../../daemon/relay.ts';
import { type Daemon, type ServeOptions, serve } from '../../daemon/serve.ts';
import type { DaemonStatus } from '../../daemon/status.ts';
import type { ClockChange, ClockState } from '../../domain/clock-state.ts';
import type { NamedEvent } from '../../domain/event.ts';
import type { Replay, ReplayRequest } from '../../domain/replay.ts';
import { ensurePlayground } from '../../services/bots/playground.ts';
import { resetPlayground } from '../../services/bots/reset-playground.ts';
import { makeToken, revokeToken } from '../../services/users/tokens.ts';
import type { Address, KnownHandler, Login, WorkspaceAccess } from '../../simulate/host.ts';
import { describeSetup } from '../../transcripts/describe-setup.ts';
import { counted } from '../text.ts';
import { DaemonWatch } from './daemon-watch.ts';
import { attachedNotice, openPlaygroundWithReport, type PlaygroundReport } from './playground-report.ts';
import { ChatRecording, secretsOf } from './recording.ts';

/** Milliseconds between checks for a daemon that is starting or restarting. */
const pollInterval = 100;
/** Milliseconds a daemon may take to restart before this process starts its own. */
const restartTimeout = 2_000;
/** Milliseconds the owner of the folder may take to become a daemon. */
const startTimeout = 5_000;

/** Milliseconds another process may take to open the playground. Handlers that load slowly hold it up. */
const openTimeout = 60_000;

/** Shown when another process runs the daemon, whose runs cannot be given a seed. */
const recordsLess =
  'This daemon is one of another process, so chance, HTTP answers and the exact time of bots are not recorded.';

/** How the daemon of this process differs from one that is served. */
export type OwnDaemonOptions = Omit<ServeOptions, 'workspace' | 'forTrying'>;

/** Connects a simulation to its workspace: to the daemon there, or to one that ends with this process. */
export class WorkspaceHost implements WorkspaceAccess {
  readonly workspace: Workspace;
  /** Identifies this simulation in the events of changes to the clock. */
  readonly mark = randomUUID();
  readonly #options: OwnDaemonOptions;
  /** The identity of the workspace's folder. */
  readonly #identity: string;
  readonly #end = new AbortController();
  readonly #tokens: string[] = [];
  #own: Daemon | undefined;
  #recording: ChatRecording | undefined;
  #locating: Promise<Address> | undefined;
  #wasLocated = false;

  /** @param options of the daemon of this process, if it needs one */
  constructor(workspace: Workspace, options: OwnDaemonOptions) {
    this.workspace = workspace;
    this.#options = options;
    this.#identity = fileIdentity(workspace.folder);
  }

  /** The daemon of this process. */
  get own(): Daemon | undefined {
    return this.#own;
  }

  /** Aborts when the simulation ends. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** @throws DATABASE_GONE where the workspace was removed or replaced */
  locate(): Promise<Address> {
    this.#locating ??= this.#findOrStart().finally(() => {
      this.#locating = undefined;
    });
    return this.#locating;
  }

  /** @throws DATABASE_GONE */
  async login(name: string): Promise<Login> {
    const login = await this.withStorage((storage) => makeToken(storage, name));
    this.#tokens.push(login.token);
    return login;
  }

  /** @throws DAEMON_NOT_RUNNING */
  daemonStatus(): Promise<DaemonStatus> {
    return askStatus(this.running());
  }

  /** @throws DAEMON_NOT_RUNNING */
  async reload(): Promise<string> {
    const { files, milliseconds } = await askToReload(this.running());
    return `${counted(files.length, 'file')} reloaded in ${milliseconds} ms.`;
  }

  /** @throws DAEMON_NOT_RUNNING, DAEMON_SILENT */
  replay(request: ReplayRequest): Promise<Replay> {
    return askToReplay(this.running(), request);
  }

  /** @throws DAEMON_NOT_RUNNING */
  async handlers(): Promise<readonly KnownHandler[]> {
    return this.#own ? handlerEntries(this.#own.app) : askForHandlers(this.running());
  }

  /** @throws CLOCK_REAL, DAEMON_NOT_RUNNING */
  async clock(change: ClockChange): Promise<ClockState> {
    const request = { change, by: this.mark };
    const control = this.#own?.clock;
    const state = await (control ? control.change(request) : askForClock(this.running(), request));
    return this.#recording?.clockChanged(change, state) ?? state;
  }

  get recording(): ChatRecording | undefined {
    return this.#recording;
  }

  /** @throws WRONG_USE, SYSTEM_REFUSED, DATABASE_GONE, DAEMON_NOT_RUNNING */
  async record(file: string, threadId: string): Promise<readonly string[]> {
    if (this.#recording)
      throw createError(
        'WRONG_USE',
        `This is already recorded in ${this.#recording.file}. "/record stop" ends that.`,
      );
    const options = { file, threadId };
    if (this.#own) this.#recording = await ChatRecording.ofApp(this.#own.app, options);
    else {
      const start = await this.#withApp(async (app) => ({
        setup: await describeSetup(app, { id: threadId }),
        secrets: secretsOf(app),
      }));
      this.#recording = await ChatRecording.ofDaemon(options, start, (onEvent) =>
        this.#followEvents(threadId, onEvent),
      );
    }
    return [`Recording in ${file}.`, ...(this.#own ? [] : [recordsLess])];
  }

  async stopRecording(): Promise<string | undefined> {
    const recording = this.#recording;
    this.#recording = undefined;
    return recording?.close();
  }

  /** Returns how to end that, once the bots of a thread are done. */
  async #followEvents(threadId: string, onEvent: (named: NamedEvent) => void): Promise<() => Promise<void>> {
    const watch = await DaemonWatch.open(this.running(), {
      onEvent: (daemonEvent) => {
        const { name } = daemonEvent;
        if (name !== 'Output' && name !== 'Error' && name !== 'Idle' && name !== 'Clock')
          onEvent(daemonEvent);
      },
      onGone: () => {},
      signal: this.#end.signal,
    });
    return async () => {
      await watch.idle(threadId).catch(() => {});
      watch.close();
    };
  }

  /**
   * Opens the playground for a person. One after the other: two that open it at once would both attach what is
   * missing.
   *
   * @throws DATABASE_GONE
   */
  async openWithReport(name: string): Promise<PlaygroundReport> {
    const lock = await this.#lockPlayground();
    try {
      return await this.#withApp((app) => openPlaygroundWithReport(app, name));
    } finally {
      lock.close();
    }
  }

  /** @throws DATABASE_GONE */
  async resetPlayground(name: string): Promise<{ threadId: string; notices: readonly string[] }> {
    const lock = await this.#lockPlayground();
    try {
      const { thread, attached, errors, hints } = await this.#withApp(async (app) => {
        const old = await ensurePlayground(app, name);
        const recorded = this.#recording?.threadId === old.thread.id && (await this.stopRecording());
        const playground = await resetPlayground(app, name);
        return recorded ? { ...playground, hints: [recorded, ...playground.hints] } : playground;
      });
      const notices = [...hints, ...errors.map(({ message }) => message), ...attached.map(attachedNotice)];
      return { threadId: thread.id, notices };
    } finally {
      lock.close();
    }
  }

  /** Works with all services in this process. What happens there is passed on to the daemon. */
  async #withApp<Result>(work: (app: App) => Promise<Result>): Promise<Result> {
    if (this.#own) return work(this.#own.app);
    const app = await openApp({ workspace: this.workspace, botsEnabled: true });
    const daemon = findDaemon(this.workspace);
    const relay = daemon && relayEvents(app.events, daemon);
    try {
      return await work(app);
    } finally {
      await relay?.close();
      await app.close();
    }
  }

  /**
   * Works with the database in this process.
   *
   * @throws DATABASE_GONE
   */
  async withStorage<Result>(
    work: (storage: Pick<StorageApp, 'store' | 'clock'>) => Promise<Result>,
  ): Promise<Result> {
    if (this.#own === undefined) this.#assertPresent();
    return this.#inStorage(work);
  }

  async #inStorage<Result>(
    work: (storage: Pick<StorageApp, 'store' | 'clock'>) => Promise<Result>,
  ): Promise<Result> {
    if (this.#own) return work(this.#own.app);
    const storage = await openStorage(this.workspace);
    try {
      return await work(storage);
    } finally {
      await storage.close();
    }
  }

  /** Nothing is created where the workspace has been, and no other workspace is used in its place. */
  #assertPresent(): void {
    if (!this.#isPresent) throw createError('DATABASE_GONE', this.workspace.folder, 'removed');
  }

  get #isPresent(): boolean {
    return fileIdentity(this.workspace.folder) === this.#identity;
  }

  /** Ends following, revokes the logins of this simulation, and stops the daemon if it is ours. */
  async close(): Promise<void> {
    await this.stopRecording();
    this.#end.abort();
    await this.#locating?.catch(() => {});
    if (this.#own || this.#isPresent)
      await this.#inStorage(async (storage) => {
        for (const token of this.#tokens.splice(0)) await revokeToken(storage, token);
      }).catch(() => {});
    await this.#own?.close();
  }

  /**
   * The daemon of the workspace.
   *
   * @throws DAEMON_NOT_RUNNING
   */
  running(): DaemonInfo {
    const daemon = this.#own?.info ?? findDaemon(this.workspace);
    if (daemon === undefined) throw createError('DAEMON_NOT_RUNNING');
    return daemon;
  }

  /** @throws WORKSPACE_BUSY when another process does not finish opening it; DATABASE_GONE */
  async #lockPlayground(): Promise<FolderLock> {
    this.#assertPresent();
    const folder = path.join(this.workspace.data, 'playground');
    for (let waited = 0; ; waited += pollInterval) {
      try {
        return lockFolder(folder, 'simulate');
      } catch (error) {
        const isBusy = error instanceof MessengerError && error.code === 'WORKSPACE_BUSY';
        if (!isBusy || waited >= openTimeout || this.#end.signal.aborted) throw error;
      }
      await sleep(pollInterval, undefined, { signal: this.#end.signal }).catch(() => {});
    }
  }

  async #findOrStart(): Promise<Address> {
    const info = (await this.#find(this.#wasLocated ? restartTimeout : 0)) ?? (await this.#start());
    this.#wasLocated = true;
    return { url: info.url, realtime: info.realtime };
  }

  async #find(timeout: number): Promise<DaemonInfo | undefined> {
    for (let waited = 0; ; waited += pollInterval) {
      const found = findDaemon(this.workspace);
      if (found || waited >= timeout || this.#end.signal.aborted) return found;
      await sleep(pollInterval, undefined, { signal: this.#end.signal }).catch(() => {});
    }
  }

  /** If several terminals start at the same time, one starts the daemon and the others find it. */
  async #start(): Promise<DaemonInfo> {
    this.#assertPresent();
    try {
      this.#own = await serve({ ...this.#options, workspace: this.workspace, forTrying: true });
      return this.#own.info;
    } catch (error) {
      if (!(error instanceof MessengerError && error.code === 'WORKSPACE_BUSY')) throw error;
      const found = await this.#find(startTimeout);
      if (found) return found;
      throw error;
    }
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { openApp, openStorage, type StorageApp } from '../../app.ts';
import { commandLine } from '../../base/command-line.ts';
import { createError, MessengerError } from '../../base/errors.ts';
import type { Workspace } from '../../config/workspace.ts';
import { askForHandlers, askStatus, askToReload } from '../../daemon/control-client.ts';
import { handlerEntries } from '../../daemon/handler-entries.ts';
import { type DaemonInfo, findDaemon } from '../../daemon/info.ts';
import { daemonPaths } from '../../daemon/paths.ts';
import { relayEvents } from '../../daemon/relay.ts';
import { type Daemon, serve } from '../../daemon/serve.ts';
import { openPlayground } from '../../services/bots/playground.ts';
import { makeToken, revokeToken } from '../../services/users/tokens.ts';
import type { Address, DaemonState, Host, KnownHandler, Login, News } from '../../simulate/host.ts';
import { followFile } from '../follow-file.ts';
import { counted } from '../text.ts';
import { lackingKeys } from './lacking-keys.ts';
import { newsOf } from './news.ts';

/** Milliseconds between checks for a daemon that is starting or restarting. */
const lookEvery = 100;
/** Milliseconds a daemon may take to restart before this process starts its own. */
const comesBackWithin = 2_000;
/** Milliseconds the owner of the folder may take to become a daemon. */
const startsWithin = 5_000;

/** Shown when the running daemon was started without bots. */
const botsOff =
  'Bots are off in this daemon, so none can answer or be made. Start it with MESSENGER_BOTS_ENABLED=true, or with bots: { enabled: true } in messenger.config.ts.';

/** Connects the full screen to a workspace: to its daemon, or to one that ends with this process. */
export class WorkspaceHost implements Host {
  readonly #workspace: Workspace;
  readonly #onStop: () => void;
  readonly #end = new AbortController();
  readonly #tokens: string[] = [];
  #own: Daemon | undefined;
  #locating: Promise<Address> | undefined;
  #wasLocated = false;

  /** @param onStop called when the daemon of this process is asked to stop */
  constructor(workspace: Workspace, onStop: () => void) {
    this.#workspace = workspace;
    this.#onStop = onStop;
  }

  locate(): Promise<Address> {
    this.#locating ??= this.#findOrStart().finally(() => {
      this.#locating = undefined;
    });
    return this.#locating;
  }

  async login(name: string): Promise<Login> {
    const login = await this.#withStorage((storage) => makeToken(storage, name));
    this.#tokens.push(login.token);
    return login;
  }

  async home(name: string): Promise<{ threadId: string; words: readonly string[] }> {
    if (this.#own) return this.#openHome(this.#own.app, name);
    const app = await openApp({ workspace: this.#workspace, botsEnabled: true });
    const daemon = findDaemon(this.#workspace);
    const relay = daemon && relayEvents(app.events, daemon);
    try {
      const { threadId, words } = await this.#openHome(app, name);
      const { botsEnabled } = await this.status();
      return { threadId, words: botsEnabled ? words : [...words, botsOff] };
    } finally {
      await relay?.close();
      await app.close();
    }
  }

  /** @throws DAEMON_NOT_RUNNING */
  async status(): Promise<DaemonState> {
    const { bots, queue } = await askStatus(this.#running());
    const { waiting, ready, running, failed } = queue;
    return { botsEnabled: bots.enabled, queue: { waiting: waiting + ready, running, failed } };
  }

  /** @throws DAEMON_NOT_RUNNING */
  async reload(): Promise<string> {
    const { files, milliseconds } = await askToReload(this.#running());
    return `${counted(files.length, 'file')} read anew in ${milliseconds} ms.`;
  }

  /** @throws DAEMON_NOT_RUNNING */
  async handlers(): Promise<readonly KnownHandler[]> {
    return this.#own ? handlerEntries(this.#own.app) : askForHandlers(this.#running());
  }

  follow(tell: (news: News) => void): void {
    const { log } = daemonPaths(this.#workspace.data);
    const show = (line: string) => {
      const news = newsOf(line);
      if (news) tell(news);
    };
    void followFile(log, show, this.#end.signal);
  }

  /** Ends following, revokes the logins of this window, and stops the daemon if it is ours. */
  async close(): Promise<void> {
    this.#end.abort();
    await this.#locating?.catch(() => {});
    await this.#withStorage(async (storage) => {
      for (const token of this.#tokens.splice(0)) await revokeToken(storage, token);
    }).catch(() => {});
    await this.#own?.close();
  }

  async #withStorage<Result>(work: (storage: StorageApp) => Promise<Result>): Promise<Result> {
    const storage = await openStorage(this.#workspace);
    try {
      return await work(storage);
    } finally {
      await storage.close();
    }
  }

  #running(): DaemonInfo {
    const daemon = this.#own?.info ?? findDaemon(this.#workspace);
    if (daemon === undefined) throw createError('DAEMON_NOT_RUNNING');
    return daemon;
  }

  async #findOrStart(): Promise<Address> {
    const info = (await this.#find(this.#wasLocated ? comesBackWithin : 0)) ?? (await this.#start());
    this.#wasLocated = true;
    return { url: info.url, realtime: info.realtime };
  }

  async #find(patience: number): Promise<DaemonInfo | undefined> {
    for (let waited = 0; ; waited += lookEvery) {
      const found = findDaemon(this.#workspace);
      if (found || waited >= patience || this.#end.signal.aborted) return found;
      await sleep(lookEvery, undefined, { signal: this.#end.signal }).catch(() => {});
    }
  }

  /** If several terminals start at the same time, one starts the daemon and the others find it. */
  async #start(): Promise<DaemonInfo> {
    try {
      const options = { workspace: this.#workspace, forTrying: true, onStop: this.#onStop };
      this.#own = await serve(options);
      return this.#own.info;
    } catch (error) {
      if (!(error instanceof MessengerError && error.code === 'WORKSPACE_BUSY')) throw error;
      const found = await this.#find(startsWithin);
      if (found) return found;
      throw error;
    }
  }

  async #openHome(app: Daemon['app'], name: string): Promise<{ threadId: string; words: string[] }> {
    const { thread, attached, refused, needing } = await openPlayground(app, name);
    const problems = app.catalogue.problems.map(({ message }) => message);
    const bots = attached.map(
      ({ bot, actions }) => `Attached to ${bot.name}: ${actions.map(({ handler }) => handler).join(', ')}.`,
    );
    const own = this.#own
      ? ['Bots are on in this daemon, which ends with this window.']
      : ['Attached to the running daemon.'];
    const none = app.catalogue.isEmpty()
      ? [
          `There are no handlers in bots/, so a few ready-made ones answer. "${commandLine('make:bot HelloBot')}" writes your first.`,
        ]
      : [];
    const lacking = await lackingKeys(app, thread);
    return {
      threadId: thread.id,
      words: [
        ...own,
        ...none,
        ...app.warnings,
        ...problems,
        ...refused.map(({ message }) => message),
        ...bots,
        ...needing,
        ...lacking,
      ],
    };
  }
}

import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { App } from '../app.ts';
import { messageOf } from '../base/errors.ts';
import { isShortage } from '../base/shortage.ts';
import { isEnding, Waiting } from '../base/waiting.ts';
import { registersHandlers } from '../config/config-bots.ts';
import { loadConfig } from '../config/load.ts';
import { readSources } from '../config/local-imports.ts';
import type { Config } from '../config/schema.ts';
import { type FileWatch, watchFiles } from '../config/watch.ts';
import { configFile, configFiles, type Workspace } from '../config/workspace.ts';
import { reloadHandlers } from '../services/handlers/reload-handlers.ts';

/** The options of watching. */
export interface WatchOptions {
  workspace: Workspace;
  app: App;
  /** Called with errors of the watching itself. Problems of files are emitted as events. */
  onError: (error: unknown) => void;
}

/** Milliseconds before a retry after a temporary shortage of the machine. */
const retryDelay = 1_000;

/** The parts of the configuration that take effect without a restart, and such settings of `bots`. */
const liveParts = [
  ...['avatars', 'calling', 'invites', 'keys', 'knocks', 'library', 'limits'],
  ...['messages', 'onlineStatus', 'reactions', 'uploads'],
];
const liveBots = ['enabled', 'environment', 'memory', 'timeout'];

/**
 * Watches the handlers and the configuration of a workspace and applies what is saved. Emits
 * `HandlersReloaded` and `ConfigurationReloaded`. If something is broken, the previous version stays in use.
 *
 * @returns resolves once watching has started; everything saved after that is noticed
 * @example const watching = disposables.use(await watchWorkspace({ workspace, app, onError }));
 */
export async function watchWorkspace(options: WatchOptions): Promise<{ close(): Promise<void> }> {
  const reloader = new Reloader(options, await loadConfig(options.workspace));
  await reloader.begin();
  return reloader;
}

/** Runs one reload at a time. Files saved during a reload are read by the next one. */
class Reloader {
  readonly #workspace: Workspace;
  readonly #app: App;
  readonly #onError: (error: unknown) => void;
  #config: Config;
  #watch: FileWatch | undefined;
  /** The files that the configuration was last read from. */
  #configSources: string[] = [];
  #changed = new Set<string>();
  #working: Promise<void> | undefined;
  readonly #waiting = new Waiting();
  /** What to read again after a pause. */
  readonly #toRetry = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor({ workspace, app, onError }: WatchOptions, config: Config) {
    this.#workspace = workspace;
    this.#app = app;
    this.#onError = onError;
    this.#config = config;
  }

  async begin(): Promise<void> {
    const { catalogue, sandbox } = this.#app;
    catalogue.clearCopies();
    const paths = [this.#workspace.bots, ...configFiles(this.#workspace), ...this.#imported()];
    this.#watch = await watchFiles(
      this.#workspace.folder,
      paths,
      (changed) => this.#onChange(changed),
      this.#onError,
    );
    this.#waiting
      .until(catalogue.whenLoaded())
      .then(() => {
        sandbox.restartWorkers();
        this.#onRead();
      })
      .catch((error) => this.#report(error));
  }

  /** Ends watching without waiting for files that are still being read: one may loop forever. */
  async close(): Promise<void> {
    await this.#watch?.close();
    this.#changed.clear();
    this.#waiting.close();
    await this.#working;
    clearTimeout(this.#timer);
  }

  /** The files that were read may have new imports. */
  #onRead(): void {
    this.#watch?.add(this.#imported());
    this.#retryFailedFiles();
  }

  #report(error: unknown): void {
    if (!isEnding(error)) this.#onError(error);
  }

  #onChange(changed: readonly string[]): void {
    for (const file of changed) this.#changed.add(file);
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
  }

  async #work(): Promise<void> {
    while (this.#changed.size > 0) {
      const changed = [...this.#changed];
      this.#changed.clear();
      try {
        const registered = registersHandlers(this.#config);
        if (this.#affectsConfig(changed)) await this.#reloadConfig();
        const affectsHandlers =
          registered !== registersHandlers(this.#config) || this.#affectsHandlers(changed);
        if (affectsHandlers) await this.#waiting.until(reloadHandlers(this.#app, changed));
        this.#onRead();
      } catch (error) {
        this.#report(error);
        if (isShortage(error)) this.#retryLater(changed);
      }
    }
  }

  /** A file that failed because of a temporary shortage may be fine, and nobody will save it again. */
  #retryFailedFiles(): void {
    if (this.#app.catalogue.problems.some(({ isPassing }) => isPassing))
      this.#retryLater([this.#workspace.bots]);
  }

  #retryLater(changed: readonly string[]): void {
    clearTimeout(this.#timer);
    for (const file of changed) this.#toRetry.add(file);
    this.#timer = setTimeout(() => {
      const toRetry = [...this.#toRetry];
      this.#toRetry.clear();
      this.#onChange(toRetry);
    }, retryDelay);
  }

  async #reloadConfig(): Promise<void> {
    const { events } = this.#app;
    try {
      // Try it outside the main thread first: code that never ends would block the main thread forever.
      const file = configFile(this.#workspace);
      if (file !== undefined) await this.#waiting.until(this.#app.sandbox.requireEnd(file));
      const config = await this.#waiting.until(loadConfig(this.#workspace));
      const { live, restart } = differences(this.#config, config);
      const isMoved = registersHandlers(this.#config) !== registersHandlers(config);
      if (live.length > 0 || isMoved) this.#app.reconfigure(config);
      this.#config = config;
      events.emit('ConfigurationReloaded', { live, restart, problem: null });
    } catch (error) {
      if (isShortage(error) || isEnding(error)) throw error;
      events.emit('ConfigurationReloaded', { live: [], restart: [], problem: messageOf(error) });
    }
  }

  #affectsConfig(changed: readonly string[]): boolean {
    const files = [...configFiles(this.#workspace), ...this.#configSources];
    return changed.some((file) => files.includes(file));
  }

  #affectsHandlers(changed: readonly string[]): boolean {
    const sources = this.#app.catalogue.sources();
    const { bots } = this.#workspace;
    return changed.some(
      (file) => `${file}${path.sep}`.startsWith(`${bots}${path.sep}`) || sources.includes(file),
    );
  }

  /** The imports of handlers and the configuration. Most are in folders that are watched anyway. */
  #imported(): string[] {
    const file = configFile(this.#workspace);
    const sources = file === undefined ? [] : readSources(file, this.#workspace.folder).keys();
    this.#configSources = [...new Set([...this.#configSources, ...sources])];
    return [...this.#app.catalogue.sources(), ...this.#configSources];
  }
}

/** The names of the parts in which two configurations differ, or `bots.NAME`. */
function differences(before: Config, after: Config): { live: string[]; restart: string[] } {
  const parts = differing(before, after).filter((name) => name !== 'bots');
  const bots = differing(before.bots, after.bots);
  const named = (names: readonly string[]) => names.map((name) => `bots.${name}`);
  return {
    live: [...parts.filter((name) => liveParts.includes(name)), ...named(bots.filter(isLiveBot))],
    restart: [
      ...parts.filter((name) => !liveParts.includes(name)),
      ...named(bots.filter((name) => !isLiveBot(name))),
    ],
  };
}

const isLiveBot = (name: string): boolean => liveBots.includes(name);

const differing = (before: object, after: object): string[] => {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isDeepStrictEqual(Reflect.get(before, name), Reflect.get(after, name)));
};

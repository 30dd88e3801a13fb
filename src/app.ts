import { statSync } from 'node:fs';
import { type Clock, MovableClock } from './base/clock.ts';
import { makeDataFolder } from './base/data-folder.ts';
import { DisposableStack } from './base/disposable-stack.ts';
import { createError, messageOf } from './base/errors.ts';
import { systemReason } from './base/system-error.ts';
import { registersHandlers } from './config/config-bots.ts';
import { databaseFile } from './config/database-file.ts';
import { handlerEnvironment } from './config/handler-environment.ts';
import { requireIsolation } from './config/isolation.ts';
import { loadConfig } from './config/load.ts';
import type { Config } from './config/schema.ts';
import {
  actionLimitsOf,
  type Settings,
  type SettingsOverrides,
  settingsAfterReload,
  settingsOf,
} from './config/settings.ts';
import { configWarnings } from './config/warnings.ts';
import { configFile, handlerFiles, type Workspace } from './config/workspace.ts';
import { EventBus } from './domain/event.ts';
import { SqliteQueue } from './queue/sqlite-queue.ts';
import { Sandbox } from './sandbox/sandbox.ts';
import { ThreadTriggers } from './services/answering/thread-triggers.ts';
import type { Context } from './services/context.ts';
import { sweepFiles } from './services/files/store-file.ts';
import { type CatalogueSettings, HandlerCatalogue } from './services/handlers/handler-catalogue.ts';
import { doJob } from './services/jobs.ts';
import { preload } from './services/preload.ts';
import { Online } from './services/users/presence.ts';
import { LocalFiles } from './store/local-files.ts';
import { openSqliteStore, type Store } from './store/store.ts';

/** How to open the database of a workspace. */
interface Opening {
  /** Creates nothing: if there is no database, an empty one in memory is used. */
  onlyWhatIsThere?: boolean;
}

/** How an app differs from one opened with only the workspace's configuration. */
export interface AppOptions extends Opening, SettingsOverrides {
  workspace: Workspace;
  clock?: Clock;
  /** Registers all ready-made handlers and packages, overriding the configuration. */
  library?: boolean;
  /** Overrides `bots.subscriber.channel`. */
  channel?: string;
  /** Overrides `bots.concurrency` for the jobs that run in parallel. */
  concurrency?: number;
  /** Fails if the configuration lets handlers run inside this process, which other people rely on. */
  requiresIsolation?: boolean;
  /** Returns before the handlers are loaded. Whatever needs them waits. */
  loadsBehind?: boolean;
  /** Called with each line that handlers print. */
  onOutput?: (handler: string, line: string) => void;
  /** Called with errors that no caller awaits. */
  onError?: (error: unknown, where: string) => void;
}

/** Settings of a workspace that are ignored. */
interface Warned {
  warnings: readonly string[];
}

/** What is needed to inspect handlers without a database. */
export interface HandlersApp extends Warned {
  catalogue: HandlerCatalogue;
  sandbox: Sandbox;
  close(): Promise<void>;
}

/** All parts combined: the context of the use cases, and how to close it. */
export interface App extends Context, Warned {
  config: Config;
  /**
   * Starts running the queue's jobs, including those left by a crash. Most of them answer messages.
   *
   * @param afterEach called when a job has ended, whether it succeeded or failed
   */
  answer(afterEach?: () => void): void;
  /** Loads modules now that answering would otherwise load at first use. For long-running processes. */
  preload(): Promise<void>;
  /**
   * Applies a configuration that was read again, as far as possible without a restart.
   *
   * @throws CONFIG_INVALID when it names handlers that do not exist; nothing is changed then
   */
  reconfigure(config: Config): void;
  /** Finishes running work, within a limit, and closes everything. */
  close(): Promise<void>;
}

/**
 * Opens a workspace: its database, its handlers, its queue. `close()` ends everything that this starts.
 *
 * @throws CONFIG_INVALID, DATABASE_UNUSABLE, DATABASE_NEWER
 */
export async function openApp(options: AppOptions): Promise<App> {
  const disposables = new DisposableStack();
  try {
    const config = await loadConfig(options.workspace);
    if (options.requiresIsolation) requireIsolation(options.workspace, config);
    let settings: Settings = settingsOf(config, options);
    const context = await openServices(options, config, { settings: () => settings, disposables });
    const { catalogue, queue } = context;
    if (!options.loadsBehind) await catalogue.whenLoaded();
    return {
      ...context,
      config,
      get warnings() {
        return handlerWarnings(options.workspace, config, catalogue);
      },
      reconfigure: (changed) => {
        reconfigureHandlers(context, options, changed);
        settings = settingsAfterReload(settings, changed, options);
      },
      answer: (afterEach = () => {}) =>
        queue.start((job, signal, yieldSlot) =>
          doJob(context, { job, signal, yieldSlot }).finally(afterEach),
        ),
      preload,
      close: () => disposables.dispose(),
    };
  } catch (error) {
    await disposables.dispose();
    throw error;
  }
}

/**
 * Opens only the handlers of a workspace, to check them. No database is opened.
 *
 * @throws CONFIG_INVALID
 */
export async function openHandlers(options: AppOptions): Promise<HandlersApp> {
  const config = await loadConfig(options.workspace);
  const sandbox = openSandbox(options, config);
  try {
    const catalogue = await beginCatalogue(options, sandbox, config);
    await catalogue.whenLoaded();
    const warnings = handlerWarnings(options.workspace, config, catalogue);
    return { catalogue, sandbox, warnings, close: () => sandbox.close() };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

/** The database and the files of a workspace, without handlers and without a queue. */
export interface StorageApp extends Warned, Pick<Context, 'store' | 'files' | 'clock'> {
  /** The queue that a running process works on. */
  channel: string;
  close(): Promise<void>;
}

/**
 * Opens only the database and the files of a workspace.
 *
 * @throws CONFIG_INVALID, DATABASE_UNUSABLE, DATABASE_NEWER
 */
export async function openStorage(workspace: Workspace, opening: Opening = {}): Promise<StorageApp> {
  const config = await loadConfig(workspace);
  const store = await openStore(workspace, config, opening);
  return {
    warnings: configWarnings(workspace, config),
    store,
    files: new LocalFiles(workspace.storage),
    clock: new MovableClock(),
    channel: config.bots.subscriber.channel,
    close: () => store.close(),
  };
}

/** Opens the database of a workspace. Creates its data folder first. */
async function openStore(
  workspace: Workspace,
  config: Config,
  { onlyWhatIsThere = false }: Opening,
): Promise<Store> {
  const file = databaseFile(workspace, config);
  if (onlyWhatIsThere && isMissing(file)) return openSqliteStore(':memory:');
  try {
    makeDataFolder(workspace.data);
  } catch (error) {
    throw createError('DATABASE_UNUSABLE', file, systemReason(error) ?? messageOf(error));
  }
  return openSqliteStore(file, config.database);
}

/** Whether a path does not exist. If that cannot be determined, opening the file reports why. */
function isMissing(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

const catalogueSettings = ({ workspace, library }: AppOptions, config: Config): CatalogueSettings => ({
  library: library ?? config.library,
  environment: (declared) => handlerEnvironment(config, declared),
  configFile: configFile(workspace) ?? 'messenger.config.ts',
  registering: registersHandlers(config) ? [configFile(workspace) ?? []].flat() : [],
});

/** Variables that handlers read are not reported as typos. Handlers still loading are searched as text. */
function handlerWarnings(workspace: Workspace, config: Config, catalogue: HandlerCatalogue): string[] {
  if (!catalogue.isLoading) return configWarnings(workspace, config, catalogue.variables());
  const environment = [...config.bots.environment, ...catalogue.mentionedVariables()];
  return configWarnings(workspace, { ...config, bots: { ...config.bots, environment } });
}

async function beginCatalogue(
  options: AppOptions,
  sandbox: Sandbox,
  config: Config,
): Promise<HandlerCatalogue> {
  const { workspace } = options;
  const settings = catalogueSettings(options, config);
  const catalogue = new HandlerCatalogue(workspace.folder, () => handlerFiles(workspace), sandbox, settings);
  await catalogue.begin();
  return catalogue;
}

function reconfigureHandlers(
  { catalogue, sandbox }: Pick<Context, 'catalogue' | 'sandbox'>,
  options: AppOptions,
  config: Config,
): void {
  catalogue.configure(catalogueSettings(options, config));
  sandbox.setLimits({
    ...config.bots,
    messageLimit: messageLimitOf(config),
    limits: actionLimitsOf(config),
  });
  sandbox.keepReady();
}

async function openServices(
  options: AppOptions,
  config: Config,
  { settings, disposables }: { settings: () => Settings; disposables: DisposableStack },
): Promise<Context> {
  const { workspace, clock = new MovableClock(), onError = () => {} } = options;
  const { subscriber } = config.bots;
  const store = disposables.use(await openStore(workspace, config, options));
  const files = new LocalFiles(workspace.storage);
  const sandbox = disposables.use(openSandbox(options, config));
  const queue = disposables.use(
    new SqliteQueue(store, clock, {
      name: options.channel ?? subscriber.channel,
      concurrency: options.concurrency ?? config.bots.concurrency,
      grace: config.queue.grace,
      onFailure: (error, job) => onError(error, job?.kind ?? 'queue'),
    }),
  );
  const events = new EventBus((error, name) => onError(error, `listener of ${name}`));
  const catalogue = disposables.use(await beginCatalogue(options, sandbox, config));
  const triggers = new ThreadTriggers(store, catalogue);
  await sweepFiles({ store, files, clock }).catch((error) => onError(error, 'files left behind'));
  const online = new Online({ clock, settings });
  return { settings, store, files, queue, events, clock, sandbox, catalogue, triggers, online };
}

/** Milliseconds within which a file of the workspace must load. */
const loadTimeout = 10_000;

/** Bytes of the largest message from a handler: a file and its metadata. */
const messageLimitOf = ({ uploads }: Config): number =>
  Math.max(...Object.values(uploads.limits)) * 1_024 + 1_048_576;

function openSandbox({ workspace, onOutput = () => {} }: AppOptions, config: Config): Sandbox {
  const { bots } = config;
  return new Sandbox({
    environment: handlerEnvironment(config),
    isolation: bots.isolation,
    workspace: workspace.folder,
    threads: bots.concurrency,
    timeout: bots.timeout,
    loadTimeout,
    memory: bots.memory,
    messageLimit: messageLimitOf(config),
    limits: actionLimitsOf(config),
    onOutput,
  });
}

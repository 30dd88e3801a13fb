import { statSync } from 'node:fs';
import { type Clock, MovableClock } from './base/clock.ts';
import { makeDataFolder } from './base/data-folder.ts';
import { DisposableStack } from './base/disposable-stack.ts';
import { createError, messageOf } from './base/errors.ts';
import { systemReason } from './base/system-error.ts';
import { registersHandlers } from './config/config-bots.ts';
import { databaseFile } from './config/database-file.ts';
import { handlerEnvironment } from './config/handler-environment.ts';
import { loadConfig } from './config/load.ts';
import type { Config } from './config/schema.ts';
import { actionLimitsOf, settingsOf } from './config/settings.ts';
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
import { loadAhead } from './services/load-ahead.ts';
import { Online } from './services/users/presence.ts';
import { LocalFiles } from './store/local-files.ts';
import { openSqliteStore, type Store } from './store/store.ts';

/** How the database of a workspace is opened. */
interface Opening {
  /** Makes nothing: where there is no database, an empty one in memory stands for it. */
  onlyWhatIsThere?: boolean;
}

/** How an app differs from one opened with the workspace's configuration alone. */
export interface AppOptions extends Opening {
  workspace: Workspace;
  clock?: Clock;
  /** Stands over what the configuration says. */
  botsEnabled?: boolean;
  /** Registers all ready-made handlers and packages, whatever the configuration says. */
  library?: boolean;
  /** Stands over `bots.subscriber.channel`. */
  channel?: string;
  /** Stands over `bots.concurrency` for the jobs that are done side by side. */
  concurrency?: number;
  /** Returns before the handlers are loaded: what needs them waits until they are. */
  loadsBehind?: boolean;
  /** Told each line that handlers print. */
  onOutput?: (handler: string, line: string) => void;
  /** Told what went wrong inside, where nobody waits for an answer. */
  onError?: (error: unknown, where: string) => void;
}

/** What somebody wrote for a workspace that is not read. */
interface Warned {
  warnings: readonly string[];
}

/** What is needed to look at handlers without a database. */
export interface HandlersApp extends Warned {
  catalogue: HandlerCatalogue;
  sandbox: Sandbox;
  close(): Promise<void>;
}

/** All parts, put together: the context of the use cases, and how to close it. */
export interface App extends Context, Warned {
  config: Config;
  /**
   * Begins to do the queue's jobs, also those that a crash left undone: above all, to answer messages.
   *
   * @param afterEach called when the work of a job is through, well or badly
   */
  answer(afterEach?: () => void): void;
  /** Loads now what answering would load at its first use: for whoever answers for long. */
  loadAhead(): Promise<void>;
  /**
   * Takes over a configuration that was read again, as far as that is possible while it runs.
   *
   * @throws CONFIG_INVALID when it asks for handlers that are not there; nothing is changed then
   */
  reconfigure(config: Config): void;
  /** Finishes what runs, within a limit, and closes everything. */
  close(): Promise<void>;
}

/**
 * Opens a workspace: its database, its handlers, its queue. Everything starts here, and ends with `close()`.
 *
 * @throws CONFIG_INVALID, DATABASE_UNUSABLE, DATABASE_NEWER
 */
export async function openApp(options: AppOptions): Promise<App> {
  const disposables = new DisposableStack();
  try {
    const config = await loadConfig(options.workspace);
    const context = await openServices(options, config, disposables);
    const { catalogue, queue } = context;
    if (!options.loadsBehind) await catalogue.whenLoaded();
    return {
      ...context,
      config,
      get warnings() {
        return handlerWarnings(options.workspace, config, catalogue);
      },
      reconfigure: (changed) => reconfigure(context, options, changed),
      answer: (afterEach = () => {}) =>
        queue.start((job, signal, aside) =>
          doJob(context, { job, signal, stepAside: aside }).finally(afterEach),
        ),
      loadAhead,
      close: () => disposables.dispose(),
    };
  } catch (error) {
    await disposables.dispose();
    throw error;
  }
}

/**
 * Opens the handlers of a workspace alone, to check them: no database is opened.
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
 * Opens the database and the files of a workspace alone.
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

/** The database of a workspace; its data folder is made before the database comes into it. */
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

/** Whether nothing is at a path. What cannot be looked at may be there, and opening it says why it cannot. */
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

/** What handlers read is no slip of the pen; of those that are not loaded yet their text tells. */
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

function reconfigure(context: Context, options: AppOptions, config: Config): void {
  context.catalogue.configure(catalogueSettings(options, config));
  context.sandbox.setLimits({
    ...config.bots,
    messageLimit: messageLimitOf(config),
    limits: actionLimitsOf(config),
  });
  context.sandbox.keepReady();
  // The server listens with what it was opened with, until the next start.
  const { http } = context.settings;
  Object.assign(context.settings, settingsOf(config, options.botsEnabled), { http });
}

async function openServices(
  options: AppOptions,
  config: Config,
  disposables: DisposableStack,
): Promise<Context> {
  const { workspace, clock = new MovableClock(), onError = () => {} } = options;
  const { subscriber } = config.bots;
  const settings = settingsOf(config, options.botsEnabled);
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

/** Milliseconds a file of the workspace may take to be loaded. */
const loadTimeout = 10_000;

/** Bytes of the largest message of a handler: a file, and what is said of it. */
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

import { type Clock, MovableClock } from './base/clock.ts';
import { Closers } from './base/closers.ts';
import { handlerEnvironment } from './config/environment.ts';
import { loadConfig } from './config/load.ts';
import type { Config } from './config/schema.ts';
import { configFile, handlerFiles, type Workspace } from './config/workspace.ts';
import { EventBus } from './domain/event.ts';
import { SqliteQueue } from './queue/sqlite-queue.ts';
import { Sandbox } from './sandbox/sandbox.ts';
import type { Services } from './services/context.ts';
import { type CatalogueSettings, HandlerCatalogue } from './services/handler-catalogue.ts';
import { doJob } from './services/jobs.ts';
import { sweepFiles } from './services/keep-file.ts';
import { type Purged, purgeBots, purgeJob, purgeLimit } from './services/purge-bots.ts';
import { ThreadTriggers } from './services/thread-triggers.ts';
import { bindUseCases, type UseCases } from './services/use-cases.ts';
import { LocalFiles } from './store/local-files.ts';
import { openSqliteStore } from './store/store.ts';

/** The queue's name when nothing else is configured, as in the original. */
const defaultChannel = 'messenger-bots';

/** How an app differs from one opened with the workspace's configuration alone. */
export interface AppOptions {
  workspace: Workspace;
  clock?: Clock;
  /** Stands over what the configuration says. */
  botsEnabled?: boolean;
  /** Told each line that handlers print. */
  onOutput?: (handler: string, line: string) => void;
  /** Told what went wrong inside, where nobody waits for an answer. */
  onError?: (error: unknown, where: string) => void;
}

/** What is needed to look at handlers without a database. */
export interface HandlersApp {
  catalogue: HandlerCatalogue;
  sandbox: Sandbox;
  close(): Promise<void>;
}

/** All parts, put together: the use cases' services, and the end of it all. */
export interface App extends Services, UseCases {
  /** Begins to answer messages, also those that a crash left unanswered. */
  answer(): void;
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
  const closers = new Closers();
  try {
    const services = await openServices(options, closers);
    return {
      ...services,
      ...bindUseCases(services),
      reconfigure: (config) => reconfigure(services, options, config),
      answer: () => services.queue.start((job, signal) => doJob(services, job, signal)),
      close: () => closers.close(),
    };
  } catch (error) {
    await closers.close();
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
    const catalogue = await loadCatalogue(options.workspace, sandbox, config);
    return { catalogue, sandbox, close: () => sandbox.close() };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

/** What purging needs of a workspace: its database and files, without handlers. */
export interface StorageApp {
  /** How many would go. */
  countPurge(days: number): Promise<Purged>;
  /** Leaves the purge to the queue of a running process. */
  queuePurge(days: number): Promise<void>;
  purge(days: number, onChunk: (purged: Purged) => void, signal: AbortSignal): Promise<Purged>;
  close(): Promise<void>;
}

/**
 * Opens the database and the files of a workspace alone.
 *
 * @throws DATABASE_UNUSABLE, DATABASE_NEWER
 */
export async function openStorage(workspace: Workspace): Promise<StorageApp> {
  const store = await openSqliteStore(workspace.database);
  const services = { store, files: new LocalFiles(workspace.storage), clock: new MovableClock() };
  const limit = (days: number) => purgeLimit(services.clock, days);
  return {
    countPurge: (days) => store.bots.countArchivedBefore(limit(days)),
    queuePurge: (days) => {
      const job = { queue: defaultChannel, key: purgeJob, kind: purgeJob, payload: { before: limit(days) } };
      return store.transaction((transaction) => transaction.jobs.insert(job, services.clock.now()));
    },
    purge: (days, onChunk, signal) => purgeBots(services, limit(days), onChunk, signal),
    close: () => store.close(),
  };
}

const catalogueSettings = (workspace: Workspace, config: Config): CatalogueSettings => ({
  library: config.library,
  environment: (declared) => handlerEnvironment(config, declared),
  configFile: configFile(workspace) ?? 'messenger.config.ts',
});

async function loadCatalogue(
  workspace: Workspace,
  sandbox: Sandbox,
  config: Config,
): Promise<HandlerCatalogue> {
  const settings = catalogueSettings(workspace, config);
  const catalogue = new HandlerCatalogue(workspace.folder, () => handlerFiles(workspace), sandbox, settings);
  await catalogue.load();
  return catalogue;
}

const settingsOf = ({ botsEnabled }: AppOptions, config: Config): Services['settings'] => ({
  botsEnabled: botsEnabled ?? config.bots.enabled,
  knockTimeout: config.knocks.timeout,
  invitesEnabled: config.invites.enabled,
  invitesMax: config.invites.threadMax,
  uploadLimits: config.uploads.limits,
  avatarLimit: config.avatars.limit,
});

function reconfigure(services: Services, options: AppOptions, config: Config): void {
  services.catalogue.configure(catalogueSettings(options.workspace, config));
  services.sandbox.setLimits(config.bots);
  services.sandbox.keepReady();
  Object.assign(services.settings, settingsOf(options, config));
}

async function openServices(options: AppOptions, closers: Closers): Promise<Services> {
  const { workspace, clock = new MovableClock(), onError = () => {} } = options;
  const config = await loadConfig(workspace);
  const settings = settingsOf(options, config);
  const store = closers.add(await openSqliteStore(workspace.database));
  const files = new LocalFiles(workspace.storage);
  const sandbox = closers.add(openSandbox(options, config));
  const queue = closers.add(
    new SqliteQueue(store, clock, {
      name: defaultChannel,
      concurrency: config.bots.concurrency,
      grace: 5_000,
      onFailure: (error, job) => onError(error, job?.kind ?? 'queue'),
    }),
  );
  const events = new EventBus((error, name) => onError(error, `listener of ${name}`));
  const catalogue = await loadCatalogue(workspace, sandbox, config);
  const triggers = new ThreadTriggers(store, catalogue);
  await sweepFiles({ store, files, clock }).catch((error) => onError(error, 'files left behind'));
  return { settings, store, files, queue, events, clock, sandbox, catalogue, triggers };
}

/** Milliseconds a file of the workspace may take to be loaded. */
const loadTimeout = 10_000;

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
    onOutput,
  });
}

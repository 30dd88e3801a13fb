import { compose, openQueue, type QueueOptions } from './app/compose.ts';
import {
  beginCatalogue,
  catalogueSettings,
  type HandlersOptions,
  handlerWarnings,
  openSandbox,
  type Warned,
} from './app/open-handlers.ts';
import { type Opening, openStore } from './app/open-storage.ts';
import { type Clock, MovableClock } from './base/clock.ts';
import { DisposableStack } from './base/disposable-stack.ts';
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
import { messageLimitOf } from './config/upload-limits.ts';
import type { Context } from './services/context.ts';
import { sweepFiles } from './services/files/store-file.ts';
import { startJobs } from './services/jobs.ts';
import { preload } from './services/preload.ts';
import { LocalFiles } from './store/local-files.ts';

/** How an app differs from one opened with only the workspace's configuration. */
export interface AppOptions extends HandlersOptions, Opening, SettingsOverrides, QueueOptions {
  clock?: Clock;
  /** Fails if the configuration lets handlers run inside this process, which other people rely on. */
  requiresIsolation?: boolean;
  /** Returns before the handlers are loaded. Whatever needs them waits. */
  loadsBehind?: boolean;
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
    const { catalogue } = context;
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
      answer: (afterEach) => startJobs(context, afterEach),
      preload,
      close: () => disposables.dispose(),
    };
  } catch (error) {
    await disposables.dispose();
    throw error;
  }
}

function reconfigureHandlers(
  { catalogue, sandbox }: Pick<Context, 'catalogue' | 'sandbox'>,
  options: AppOptions,
  config: Config,
): void {
  catalogue.configure(catalogueSettings(options, config));
  sandbox.setLimits({
    ...config.bots,
    messageLimit: messageLimitOf(config.uploads.limits),
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
  const store = disposables.use(await openStore(workspace, config, options));
  const files = new LocalFiles(workspace.storage);
  const sandbox = disposables.use(openSandbox(options, config));
  const queue = disposables.use(openQueue({ store, clock }, config, options));
  const catalogue = disposables.use(await beginCatalogue(options, sandbox, config));
  await sweepFiles({ store, files, clock }).catch((error) => onError(error, 'files left behind'));
  return compose({ settings, store, files, queue, clock, sandbox, catalogue }, onError);
}

import { MovableClock } from '../base/clock.ts';
import { DisposableStack } from '../base/disposable-stack.ts';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import type { Workspace } from '../config/workspace.ts';
import type { Context } from '../services/context.ts';
import {
  beginCatalogue,
  type HandlersOptions,
  handlerWarnings,
  openSandbox,
  type Warned,
} from './open-handlers.ts';
import { openStore } from './open-storage.ts';

/** What is needed to list what is stored, with the handlers it names. */
export interface ReadingApp extends Warned, Pick<Context, 'store' | 'clock' | 'catalogue' | 'sandbox'> {
  workspace: Workspace;
  config: Config;
  close(): Promise<void>;
}

/**
 * Opens the database and the handlers of a workspace, without a queue and without events. Creates nothing: if there is
 * no database, an empty one in memory is used.
 *
 * @throws CONFIG_INVALID, DATABASE_UNUSABLE, DATABASE_NEWER
 */
export async function openForReading(options: HandlersOptions): Promise<ReadingApp> {
  const { workspace } = options;
  const disposables = new DisposableStack();
  try {
    const config = await loadConfig(workspace);
    const sandbox = disposables.use(openSandbox(options, config));
    const catalogue = disposables.use(await beginCatalogue(options, sandbox, config));
    const store = disposables.use(await openStore(workspace, config, { onlyWhatIsThere: true }));
    await catalogue.whenLoaded();
    const warnings = handlerWarnings(workspace, config, catalogue);
    const clock = new MovableClock();
    return {
      warnings,
      workspace,
      config,
      store,
      clock,
      catalogue,
      sandbox,
      close: () => disposables.dispose(),
    };
  } catch (error) {
    await disposables.dispose();
    throw error;
  }
}

import { statSync } from 'node:fs';
import { MovableClock } from '../base/clock.ts';
import { makeDataFolder } from '../base/data-folder.ts';
import { createError, messageOf } from '../base/errors.ts';
import { systemReason } from '../base/system-error.ts';
import { databaseFile } from '../config/database-file.ts';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { configWarnings } from '../config/warnings.ts';
import type { Workspace } from '../config/workspace.ts';
import type { Context } from '../services/context.ts';
import { LocalFiles } from '../store/local-files.ts';
import { openSqliteStore, type Store } from '../store/store.ts';
import type { Warned } from './open-handlers.ts';

/** How to open the database of a workspace. */
export interface Opening {
  /** Creates nothing: if there is no database, an empty one in memory is used. */
  onlyWhatIsThere?: boolean;
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

/**
 * Opens the database of a workspace. Creates its data folder first.
 *
 * @throws DATABASE_UNUSABLE, DATABASE_NEWER
 */
export async function openStore(
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

import { openStorage, type StorageApp } from '../app/open-storage.ts';
import type { Workspace } from '../config/workspace.ts';
import { reportWarnings } from './problems.ts';

/**
 * Opens only the database of a workspace, does the work, and closes it. Creates nothing.
 *
 * @throws CONFIG_INVALID, DATABASE_UNUSABLE, DATABASE_NEWER
 */
export async function inStorage<Result>(
  workspace: Workspace,
  work: (storage: StorageApp) => Promise<Result>,
): Promise<Result> {
  const storage = await openStorage(workspace, { onlyWhatIsThere: true });
  try {
    reportWarnings(storage);
    return await work(storage);
  } finally {
    await storage.close();
  }
}

import type { Store } from '../../store/store.ts';
import { discardFiles, type FileContext, storeFile } from './store-file.ts';

/** A validated picture. */
export interface Picture {
  /** Its original name. */
  name: string;
  bytes: Uint8Array;
  /** The extension that matches its content. */
  extension: string;
}

/** A file and the path to store it under. */
export interface NewFile {
  path: string;
  bytes: Uint8Array;
}

/** The new file, or null to only remove the old one; and what to store in the same transaction. */
interface Replacement<Result> {
  file: NewFile | null;
  /** Stores the reference to the new file, and lists the old ones as unclaimed. */
  claim: (transaction: Store) => Promise<Result>;
}

/**
 * Replaces files with a new one, or only removes them.
 *
 * @returns what `claim` returned
 * @throws STORAGE_UNUSABLE, and whatever `claim` throws; nothing has changed then
 */
export async function replaceFile<Result extends { oldPaths: readonly string[] }>(
  context: FileContext,
  { file, claim }: Replacement<Result>,
): Promise<Result> {
  const stored = file ? await storeFile(context, { ...file, claim }) : await context.store.transaction(claim);
  // What cannot be removed now stays listed, and a later sweep removes it.
  await discardFiles(context, stored.oldPaths).catch(() => {});
  return stored;
}

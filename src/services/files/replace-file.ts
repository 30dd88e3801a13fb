import type { Store } from '../../store/store.ts';
import { discardFiles, type FileContext, storeFile } from './store-file.ts';

/** A picture that was validated. */
export interface Picture {
  /** Its name where it comes from. */
  name: string;
  bytes: Uint8Array;
  /** The ending that its content has. */
  extension: string;
}

/** A file and where it is to be stored. */
export interface NewFile {
  path: string;
  bytes: Uint8Array;
}

/** The new file, or null where the old one only goes; and what is stored in the same transaction. */
interface Replacement<Result> {
  file: NewFile | null;
  /** Stores that the new file is used, and lists the old ones as unclaimed. */
  claim: (transaction: Store) => Promise<Result>;
}

/**
 * Puts a file in the place of others, or takes them away.
 *
 * @returns what `claim` stored
 * @throws STORAGE_UNUSABLE, and what `claim` throws: nothing has changed then
 */
export async function replaceFile<Result extends { oldPaths: readonly string[] }>(
  context: FileContext,
  { file, claim }: Replacement<Result>,
): Promise<Result> {
  const stored = file ? await storeFile(context, { ...file, claim }) : await context.store.transaction(claim);
  // What cannot be removed now is listed and goes with a later sweep.
  await discardFiles(context, stored.oldPaths).catch(() => {});
  return stored;
}

import { type Timestamp, timestamp } from '../base/clock.ts';
import { failure, sentenceOf } from '../base/errors.ts';
import { identityText, isRunning, ownIdentity, parseIdentity } from '../base/process-identity.ts';
import type { Store } from '../store/store.ts';
import type { UnclaimedFile } from '../store/unclaimed-files.ts';
import type { Services } from './context.ts';

type FileServices = Pick<Services, 'store' | 'files' | 'clock'>;

/** How many paths go at once. */
const chunkSize = 100;
const day = 24 * 60 * 60 * 1000;

/**
 * Writes a file and stores the row that refers to it: both, or neither.
 *
 * The path is listed as unclaimed before the file is written, and is taken off the list in the transaction of its
 * row. After a crash in between, {@link sweepFiles} removes the file.
 *
 * @param claim stores the row
 * @throws STORAGE_UNUSABLE when the file cannot be written, and what `claim` throws; then nothing is left behind
 */
export async function keepFile<Result>(
  services: FileServices,
  path: string,
  bytes: Uint8Array,
  claim: (transaction: Store) => Promise<Result>,
): Promise<Result> {
  const { store, files, clock } = services;
  await store.unclaimedFiles.insert([path], identityText(ownIdentity()), clock.now());
  try {
    await files.write(path, bytes).catch((error: unknown) => {
      throw failure('STORAGE_UNUSABLE', sentenceOf(error));
    });
    return await store.transaction(async (transaction) => {
      await transaction.unclaimedFiles.delete([path]);
      return claim(transaction);
    });
  } catch (error) {
    await discardFiles(services, [path]);
    throw error;
  }
}

/** Removes files and folders that were listed as unclaimed in a transaction, and takes them off the list. */
export async function discardFiles(
  { store, files }: Pick<Services, 'store' | 'files'>,
  paths: readonly string[],
): Promise<void> {
  await files.remove(paths);
  await store.unclaimedFiles.delete(paths);
}

/** Removes what crashes have left behind. */
export async function sweepFiles(services: FileServices): Promise<void> {
  const longAgo = timestamp(services.clock.milliseconds() - day);
  const unclaimed = await services.store.unclaimedFiles.all();
  const left = unclaimed.filter((file) => isLeft(file, longAgo)).map(({ path }) => path);
  for (let start = 0; start < left.length; start += chunkSize) {
    await discardFiles(services, left.slice(start, start + chunkSize));
  }
}

/** Nothing is being written for a day: not even by a machine that cannot be asked, such as a container that is gone. */
function isLeft({ owner, createdAt }: UnclaimedFile, longAgo: Timestamp): boolean {
  const identity = owner === null ? undefined : parseIdentity(owner);
  return identity === undefined || !isRunning(identity) || createdAt < longAgo;
}

import { type Timestamp, timestamp } from '../../base/clock.ts';
import { createError, messageOf, wrapError } from '../../base/errors.ts';
import { identityText, isRunning, ownIdentity, parseIdentity } from '../../base/process-identity.ts';
import type { Store } from '../../store/store.ts';
import type { UnclaimedFile } from '../../store/unclaimed-files.ts';
import type { Context } from '../context.ts';

/** The part of the context that files need. */
export type FileContext = Pick<Context, 'store' | 'files' | 'clock'>;

/** Number of paths removed at once. */
const chunkSize = 100;
const day = 24 * 60 * 60 * 1000;

/**
 * Writes a file and stores the row that refers to it: both, or neither.
 *
 * The path is listed as unclaimed before the file is written. The transaction that stores the row takes it
 * off the list. After a crash in between, {@link sweepFiles} removes the file.
 *
 * @param path made by `domain/file-path`, with a new name
 * @param claim stores the row; throws when there is none to store, for example because its bot is gone
 * @throws STORAGE_UNUSABLE when the file cannot be written, and what `claim` throws; nothing is left then
 */
export async function storeFile<Result>(
  context: FileContext,
  { path, bytes, claim }: { path: string; bytes: Uint8Array; claim: (transaction: Store) => Promise<Result> },
): Promise<Result> {
  const { store, files, clock } = context;
  const owner = identityText(ownIdentity());
  let isClaimed = false;
  await store.unclaimedFiles.insert([path], owner, clock.now());
  try {
    await files.write(path, bytes).catch((error: unknown) => {
      throw wrapError(error, 'STORAGE_UNUSABLE', messageOf(error));
    });
    return await store.transaction(async (transaction) => {
      await claimPath(transaction, path, owner);
      const result = await claim(transaction);
      isClaimed = true;
      return result;
    });
  } catch (error) {
    // What cannot be removed now stays listed for a later sweep. The first error matters more.
    await giveUp(context, path, isClaimed).catch(() => {});
    throw error;
  }
}

/**
 * Removes files and folders that a transaction listed as unclaimed, and takes them off the list. Never call
 * it with a path that is not listed: a row may refer to it.
 */
export async function discardFiles(
  { store, files }: Pick<Context, 'store' | 'files'>,
  paths: readonly string[],
): Promise<void> {
  await files.remove(paths);
  await store.unclaimedFiles.delete(paths);
}

/**
 * Removes files left behind by crashes. What cannot be removed stays listed for the next sweep and does not
 * stop the others; the error is thrown at the end.
 *
 * @throws FILES_NOT_REMOVED
 */
export async function sweepFiles(context: FileContext): Promise<void> {
  const { unclaimedFiles } = context.store;
  const longAgo = timestamp(context.clock.milliseconds() - day);
  const left = (await unclaimedFiles.all()).filter((file) => isLeft(file, longAgo));
  // Disowned before removal, so that a row that is about to claim one of them is rejected.
  for (const paths of chunksOf(left)) await unclaimedFiles.disown(paths);
  const problems: string[] = [];
  for (const paths of chunksOf((await unclaimedFiles.all()).filter(({ owner }) => owner === null))) {
    problems.push(...(await discardEach(context, paths)));
  }
  if (problems.length > 0)
    throw createError('FILES_NOT_REMOVED', problems.length, problems.slice(0, maxProblems));
}

/** Number of reasons shown when several files could not be removed. */
const maxProblems = 3;

function chunksOf(files: readonly UnclaimedFile[]): string[][] {
  const starts = Array.from({ length: Math.ceil(files.length / chunkSize) }, (_, index) => index * chunkSize);
  return starts.map((start) => files.slice(start, start + chunkSize).map(({ path }) => path));
}

/** Removes all paths at once, or one by one if that fails. Returns why some could not be removed. */
async function discardEach(context: FileContext, paths: readonly string[]): Promise<string[]> {
  try {
    await discardFiles(context, paths);
    return [];
  } catch (error) {
    const [first = '', ...others] = paths;
    if (others.length === 0) return [`${first}: ${messageOf(error)}`];
    const problems: string[] = [];
    for (const path of paths) problems.push(...(await discardEach(context, [path])));
    return problems;
  }
}

/** @throws STORAGE_UNUSABLE when another process assumed that this one had ended */
async function claimPath({ unclaimedFiles }: Store, path: string, owner: string): Promise<void> {
  if (await unclaimedFiles.claim(path, owner)) return;
  throw createError('STORAGE_UNUSABLE', 'another process took it for a leftover of a crash and removed it');
}

/** Removes a file without a row. */
async function giveUp(context: FileContext, path: string, isClaimed: boolean): Promise<void> {
  const { unclaimedFiles } = context.store;
  // A commit can report an error and still succeed: then a row has the file, and the path is off the list.
  if (isClaimed && !(await unclaimedFiles.isListed(path))) return;
  await unclaimedFiles.insert([path], null, context.clock.now());
  await discardFiles(context, [path]);
}

/**
 * Whether a file is left over. No write takes a day, not even on a machine that cannot be checked, such as a
 * removed container.
 */
function isLeft({ owner, createdAt }: UnclaimedFile, longAgo: Timestamp): boolean {
  const identity = owner === null ? undefined : parseIdentity(owner);
  return identity === undefined || !isRunning(identity) || createdAt < longAgo;
}

import { daysAgo, type Timestamp } from '../../base/clock.ts';
import { botFolder } from '../../domain/file-path.ts';
import type { Context } from '../context.ts';
import { discardFiles, sweepFiles } from '../files/store-file.ts';

/** The part of the context that purging needs: it works without handlers and without a queue. */
export type PurgeContext = Pick<Context, 'store' | 'files' | 'clock'>;

/** How many were purged. */
export interface Purged {
  bots: number;
  actions: number;
}

/** How a purge is followed and stopped. */
interface PurgeOptions {
  onChunk?: (purged: Purged) => void;
  signal?: AbortSignal;
}

/** The kind of the job that purges. */
export const purgeJob = 'purge-bots';

/** Bots that are deleted in one transaction. */
const chunkSize = 100;

/** The job that purges what was archived before a moment. */
export const purgeJobOf = (before: Timestamp) => ({ key: purgeJob, kind: purgeJob, payload: { before } });

/** How many would be purged of what was archived at least so many days ago. */
export const countPurge = ({ store, clock }: PurgeContext, days: number): Promise<Purged> =>
  store.archivedBots.countBefore(daysAgo(clock, days));

/** Leaves to the queue the purge of what was archived at least so many days ago. */
export async function queuePurge({ store, queue, clock }: Context, days: number): Promise<void> {
  await store.transaction((transaction) => queue.enqueue(transaction, purgeJobOf(daysAgo(clock, days))));
  queue.wake();
}

/**
 * Deletes bots that were archived before a moment for good, with their actions and their files, chunk by chunk.
 * A chunk is one transaction, which also lists the files that are to go; they are removed after it, and those that a
 * crash left behind at the next purge or start. So it can be interrupted anywhere, and two may run at once.
 *
 * @param options.onChunk told the sum after each chunk
 * @param options.signal stops after the chunk that is being done
 */
export async function purgeBots(
  context: PurgeContext,
  before: Timestamp,
  { onChunk = () => {}, signal }: PurgeOptions = {},
): Promise<Purged> {
  const sum: Purged = { bots: 0, actions: 0 };
  while (!signal?.aborted) {
    const chunk = await purgeChunk(context, before);
    if (chunk.bots === 0) break;
    sum.bots += chunk.bots;
    sum.actions += chunk.actions;
    onChunk(sum);
  }
  await sweepFiles(context);
  return sum;
}

async function purgeChunk(context: PurgeContext, before: Timestamp): Promise<Purged> {
  const { store, clock } = context;
  const { purged, folders } = await store.transaction(async (transaction) => {
    const bots = await transaction.archivedBots.before(before, chunkSize);
    const folders = bots.map((bot) => botFolder(bot.threadId, bot.id));
    if (bots.length === 0) return { purged: { bots: 0, actions: 0 }, folders };
    await transaction.unclaimedFiles.insert(folders, null, clock.now());
    const actions = await transaction.archivedBots.delete(bots.map((bot) => bot.id));
    return { purged: { bots: bots.length, actions }, folders };
  });
  // What cannot be removed is listed and holds up nothing: the sweep at the end tries again and tells why.
  await discardFiles(context, folders).catch(() => {});
  return purged;
}

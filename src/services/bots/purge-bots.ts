import { daysAgo, type Timestamp } from '../../base/clock.ts';
import { botFolder } from '../../domain/file-path.ts';
import type { Context } from '../context.ts';
import { discardFiles, sweepFiles } from '../files/store-file.ts';

/** The part of the context that purging needs. It works without handlers and without a queue. */
export type PurgeContext = Pick<Context, 'store' | 'files' | 'clock'>;

/** How many were purged. */
export interface Purged {
  bots: number;
  actions: number;
}

/** How the progress of a purge is reported, and how it is stopped. */
interface PurgeOptions {
  onChunk?: (purged: Purged) => void;
  signal?: AbortSignal;
}

/** The kind of the job that purges. */
export const purgeJob = 'purge-bots';

/** Number of bots deleted in one transaction. */
const chunkSize = 100;

/** The job that purges everything archived before a given time. */
const purgeJobOf = (before: Timestamp) => ({ key: purgeJob, kind: purgeJob, payload: { before } });

/** Counts what would be purged of everything archived at least this many days ago. */
export const countPurge = ({ store, clock }: PurgeContext, days: number): Promise<Purged> =>
  store.archivedBots.countBefore(daysAgo(clock, days));

/** Queues a purge of everything archived at least this many days ago. */
export async function queuePurge({ store, queue, clock }: Context, days: number): Promise<void> {
  await store.transaction((transaction) => queue.enqueue(transaction, purgeJobOf(daysAgo(clock, days))));
  queue.wake();
}

/** {@link queuePurge} for the process that works on a channel, where this process has no queue. */
export async function queuePurgeOn(
  { store, clock }: PurgeContext,
  channel: string,
  days: number,
): Promise<void> {
  const job = { queue: channel, ...purgeJobOf(daysAgo(clock, days)) };
  await store.transaction((transaction) => transaction.jobs.insert(job, clock.now()));
}

/**
 * Permanently deletes bots that were archived before a given time, with their actions and files, in chunks. A
 * chunk is one transaction, which also lists the files to remove. They are removed after it; files left by a
 * crash are removed at the next purge or start. So a purge can be interrupted at any point, and two may run
 * at the same time.
 *
 * @param options.onChunk called with the sum after each chunk
 * @param options.signal stops after the current chunk
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
  // What cannot be removed stays listed and blocks nothing: the final sweep tries again and reports why.
  await discardFiles(context, folders).catch(() => {});
  return purged;
}

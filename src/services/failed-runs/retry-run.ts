import { timestamp } from '../../base/clock.ts';
import { createError, MessengerError } from '../../base/errors.ts';
import type { Run, SkipReason } from '../../domain/run.ts';
import { stopSentences } from '../../domain/run.ts';
import type { Store } from '../../store/store.ts';
import { findCooldowns, skipReason, startCooldown } from '../answering/cooldowns.ts';
import type { Context } from '../context.ts';
import { failedRunNamed } from './failed-runs.ts';
import { retryJobOf } from './retry-job.ts';
import { type RetryTarget, retryTarget } from './retry-target.ts';

/** What became of the failed runs that were to be tried again. */
export interface RetriedRuns {
  queued: Run[];
  /** Those that stay failed, and why. */
  refused: Array<{ run: Run; reason: MessengerError }>;
}

/**
 * Leaves to the queue to try a failed run again: its action answers the same message once more, and repeats nothing
 * that it has already done for it. The action's cooldown is heeded, and starts with it.
 *
 * @param name its id, or the beginning of it
 * @throws NOT_FOUND, NAME_AMBIGUOUS, RUN_NOT_RETRIED with what stands in the way
 */
export async function retryRun(context: Context, name: string): Promise<Run> {
  const { run } = await failedRunNamed(context.store, name);
  const waiting = await requeue(context, run);
  context.queue.wake();
  return waiting;
}

/** Leaves to the queue to try every failed run again, in the order of their messages. What stands in the way of one stops no other. */
export async function retryAllRuns(context: Context): Promise<RetriedRuns> {
  const { store, queue } = context;
  const retried: RetriedRuns = { queued: [], refused: [] };
  for (const id of await store.failedRuns.ids()) {
    const run = await store.runs.find(id);
    if (run === undefined) continue;
    try {
      retried.queued.push(await requeue(context, run));
    } catch (error) {
      if (!(error instanceof MessengerError)) throw error;
      retried.refused.push({ run, reason: error });
    }
  }
  queue.wake();
  return retried;
}

/**
 * Queues a failed run, which waits from then on.
 *
 * @throws RUN_NOT_RETRIED
 */
async function requeue(context: Context, run: Run): Promise<Run> {
  const refuse = (reason: string) => createError('RUN_NOT_RETRIED', run.id, reason);
  await context.catalogue.whenKnown([run.handler]);
  return context.store.transaction(async (transaction) => {
    const target = await retryTarget(context, transaction, run);
    const reason = await whyNotNow(context, transaction, target);
    if (reason !== undefined) throw refuse(reason);
    const now = timestamp(context.clock.milliseconds());
    if (!(await transaction.runs.reopen(run.id, now))) throw refuse('it is being retried already');
    await startCooldown(context, transaction, target.live.action);
    await context.queue.enqueueOnce(transaction, retryJobOf(target.thread.id));
    return { ...run, status: 'waiting' };
  });
}

/** The rules of a first run: actions and bots that rest do not run, and some run for admins only. */
async function whyNotNow(
  context: Context,
  store: Store,
  { live, isGroupAdmin }: RetryTarget,
): Promise<string | undefined> {
  const resting = await findCooldowns(context, store, [live]);
  const until = (id: string) => resting.get(id)?.slice(11, 19);
  const sentences: Record<SkipReason, string> = {
    ...stopSentences,
    action_cooldown: `its action rests until ${until(live.action.id)} UTC`,
    bot_cooldown: `its bot rests until ${until(live.bot.id)} UTC`,
    admin_only: 'its action is for admins only by now',
  };
  const reason = skipReason(live, resting, isGroupAdmin);
  return reason === null ? undefined : sentences[reason];
}

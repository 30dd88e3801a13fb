import { timestamp } from '../../base/clock.ts';
import { createError, MessengerError } from '../../base/errors.ts';
import { shownTime } from '../../base/shown-time.ts';
import type { Run, SkipReason } from '../../domain/run.ts';
import { stopReasonTexts } from '../../domain/run.ts';
import type { Store } from '../../store/store.ts';
import { findCooldowns, skipReason, startCooldown } from '../answering/cooldowns.ts';
import type { Context } from '../context.ts';
import { failedRunNamed } from './failed-runs.ts';
import { retryJobOf } from './retry-job.ts';
import { type RetryTarget, retryTarget } from './retry-target.ts';

/** The result of retrying several failed runs. */
export interface RetriedRuns {
  queued: Run[];
  /** Runs that stay failed, and why. */
  rejected: Array<{ run: Run; reason: MessengerError }>;
}

/**
 * Queues a retry of a failed run. Its action answers the same message again without repeating effects that
 * were stored. The action's cooldown applies, and starts with the retry.
 *
 * @param name its id, or the beginning of it
 * @throws NOT_FOUND; NAME_AMBIGUOUS; RUN_NOT_RETRIED with the reason
 */
export async function retryRun(context: Context, name: string): Promise<Run> {
  const { run } = await failedRunNamed(context.store, name);
  const waiting = await requeue(context, run);
  context.queue.wake();
  return waiting;
}

/** Queues retries of all failed runs, ordered by message. An error with one does not stop the others. */
export async function retryAllRuns(context: Context): Promise<RetriedRuns> {
  const { store, queue } = context;
  const retried: RetriedRuns = { queued: [], rejected: [] };
  for (const id of await store.failedRuns.ids()) {
    const run = await store.runs.find(id);
    if (run === undefined) continue;
    try {
      retried.queued.push(await requeue(context, run));
    } catch (error) {
      if (!(error instanceof MessengerError)) throw error;
      retried.rejected.push({ run, reason: error });
    }
  }
  queue.wake();
  return retried;
}

/**
 * Queues a failed run. It is waiting from then on.
 *
 * @throws RUN_NOT_RETRIED
 */
async function requeue(context: Context, run: Run): Promise<Run> {
  const notRetried = (reason: string) => createError('RUN_NOT_RETRIED', run.id, reason);
  await context.catalogue.whenKnown([run.handler]);
  return context.store.transaction(async (transaction) => {
    const target = await retryTarget(context, transaction, run);
    const reason = await whyNotNow(context, transaction, target);
    if (reason !== undefined) throw notRetried(reason);
    const now = timestamp(context.clock.milliseconds());
    if (!(await transaction.runs.reopen(run.id, now))) throw notRetried('it is being retried already');
    await startCooldown(context, transaction, target.live.action);
    await context.queue.enqueueOnce(transaction, retryJobOf(target.thread.id));
    return { ...run, status: 'waiting' };
  });
}

/** The rules of a first run apply: no run during a cooldown, and some actions only run for admins. */
async function whyNotNow(
  context: Context,
  store: Store,
  { live, isGroupAdmin }: RetryTarget,
): Promise<string | undefined> {
  const cooldowns = await findCooldowns(context, store, [live]);
  const until = (id: string) => shownTime(cooldowns.get(id) ?? '');
  const reasonTexts: Record<SkipReason, string> = {
    ...stopReasonTexts,
    action_cooldown: `its action is on cooldown until ${until(live.action.id)} UTC`,
    bot_cooldown: `its bot is on cooldown until ${until(live.bot.id)} UTC`,
    admin_only: 'its action is now for admins only',
  };
  const reason = skipReason(live, cooldowns, isGroupAdmin);
  return reason === null ? undefined : reasonTexts[reason];
}

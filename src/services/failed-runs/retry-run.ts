import { timestamp } from '../../base/clock.ts';
import { createError } from '../../base/errors.ts';
import type { Run, SkipReason } from '../../domain/run.ts';
import { stopSentences } from '../../domain/run.ts';
import type { Store } from '../../store/store.ts';
import { findCooldowns, skipReason, startCooldown } from '../answering/cooldowns.ts';
import type { Context } from '../context.ts';
import { failedRunNamed } from './failed-run-report.ts';
import { retryJobOf } from './retry-job.ts';
import { type RetryTarget, retryTarget } from './retry-target.ts';

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

/**
 * Queues a failed run, which waits from then on.
 *
 * @throws RUN_NOT_RETRIED
 */
export async function requeue(context: Context, run: Run): Promise<Run> {
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

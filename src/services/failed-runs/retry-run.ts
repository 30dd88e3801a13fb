import { timestamp } from '../../base/clock.ts';
import { failure } from '../../base/errors.ts';
import type { Run, SkipReason } from '../../domain/run.ts';
import { stopSentences } from '../../domain/run.ts';
import type { Store } from '../../store/store.ts';
import { rest, restingOf, skipReason } from '../answering/cooldowns.ts';
import type { Services } from '../context.ts';
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
export async function retryRun(services: Services, name: string): Promise<Run> {
  const { run } = await failedRunNamed(services.store, name);
  const waiting = await requeue(services, run);
  services.queue.wake();
  return waiting;
}

/**
 * Queues a failed run, which waits from then on.
 *
 * @throws RUN_NOT_RETRIED
 */
export async function requeue(services: Services, run: Run): Promise<Run> {
  const refuse = (reason: string) => failure('RUN_NOT_RETRIED', run.id, reason);
  await services.catalogue.whenKnown([run.handler]);
  return services.store.transaction(async (transaction) => {
    const target = await retryTarget(services, transaction, run);
    const reason = await whyNotNow(services, transaction, target);
    if (reason !== undefined) throw refuse(reason);
    const now = timestamp(services.clock.milliseconds());
    if (!(await transaction.runs.reopen(run.id, now))) throw refuse('it is being retried already');
    await rest(services, transaction, target.live.action);
    await services.queue.enqueueOnce(transaction, retryJobOf(target.thread.id));
    return { ...run, status: 'waiting' };
  });
}

/** The rules of a first run: actions and bots that rest do not run, and some run for admins only. */
async function whyNotNow(
  services: Services,
  store: Store,
  { live, isGroupAdmin }: RetryTarget,
): Promise<string | undefined> {
  const resting = await restingOf(services, store, [live]);
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

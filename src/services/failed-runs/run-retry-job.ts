import { timestamp } from '../../base/clock.ts';
import { MessengerError } from '../../base/errors.ts';
import type { Run } from '../../domain/run.ts';
import { startCooldown } from '../answering/cooldowns.ts';
import { runHandler } from '../answering/run-handler.ts';
import type { LiveAction } from '../answering/thread-triggers.ts';
import type { Context } from '../context.ts';
import { retryJobOf } from './retry-job.ts';
import { type RetryTarget, retryTarget } from './retry-target.ts';

/**
 * Retries the runs of a thread that are due, one after the other in the order of their messages. Runs that
 * are not due yet are left to a later job.
 *
 * @param signal when it aborts, the handler is stopped and this rejects; the job must run again
 */
export async function runRetryJob(context: Context, threadId: string, signal: AbortSignal): Promise<void> {
  const { store, clock, queue } = context;
  const next = () => store.runs.nextRetry(threadId, timestamp(clock.milliseconds()));
  for (let run = await next(); run !== undefined; run = await next()) {
    signal.throwIfAborted();
    await retryRunOfThread(context, run, signal);
  }
  await store.transaction(async (transaction) => {
    const runAt = await transaction.runs.nextRetryAt(threadId);
    if (runAt !== undefined) await queue.enqueueOnce(transaction, { ...retryJobOf(threadId), runAt });
  });
}

/**
 * Retries one waiting run. Effects of earlier attempts are not repeated. If the run cannot be retried any
 * more, it stays failed.
 */
async function retryRunOfThread(context: Context, run: Run, signal: AbortSignal): Promise<void> {
  const target = await targetOf(context, run);
  if (target === undefined) return giveUp(context, run);
  const { isGroupAdmin, ...scene } = target;
  const again = run.status === 'running' ? run : await begin(context, run, target.live);
  await runHandler({ context, ...scene, run: again, signal }, { isGroupAdmin, isResumed: true });
  await startCooldown(context, context.store, target.live.bot);
}

async function targetOf(context: Context, run: Run): Promise<RetryTarget | undefined> {
  try {
    return await retryTarget(context, context.store, run);
  } catch (error) {
    if (error instanceof MessengerError) return undefined;
    throw error;
  }
}

function giveUp({ store, clock }: Context, run: Run): Promise<void> {
  return store.transaction(async (transaction) => {
    await transaction.runs.giveUp(run.id, clock.now());
    await transaction.cooldowns.release(run.actionId);
  });
}

/** Starts the next attempt, and the action's cooldown. */
async function begin(context: Context, run: Run, { action }: LiveAction): Promise<Run> {
  const attempts = run.attempts + 1;
  await context.store.transaction(async (transaction) => {
    await transaction.runs.startAgain(run.id, attempts);
    await startCooldown(context, transaction, action);
  });
  return { ...run, status: 'running', attempts, starts: 0 };
}

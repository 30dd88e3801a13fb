import { createError } from '../../base/errors.ts';
import { isId } from '../../base/ids.ts';
import type { Run } from '../../domain/run.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import { checkBotManager } from '../bots/bot-rights.ts';
import type { Context } from '../context.ts';
import { type FailedRunReport, reportOf } from './failed-runs.ts';
import { retryRun } from './retry-run.ts';

/** Number of runs listed. */
const maxFailures = 50;

/**
 * The most recent failed runs of a thread, newest first, for those who manage its bots.
 *
 * @throws NOT_PERMITTED
 */
export async function threadFailures(
  context: Context,
  thread: Thread,
  user: User,
): Promise<FailedRunReport[]> {
  const { store } = context;
  await checkBotManager(context, { thread, user, errorMessage: 'Not authorized to view failed runs.' });
  const failed = await store.failedRuns.inThread(thread.id, maxFailures);
  return Promise.all(failed.map((each) => reportOf(store, each)));
}

/**
 * Queues a retry of a failed run of a thread.
 *
 * @throws NOT_PERMITTED, NOT_LOCATED, RUN_NOT_RETRIED
 */
export async function retryInThread(
  context: Context,
  { thread, user, id }: { thread: Thread; user: User; id: string },
): Promise<Run> {
  const { store } = context;
  await checkBotManager(context, { thread, user, errorMessage: 'Not authorized to retry failed runs.' });
  const run = isId(id) ? await store.runs.find(id) : undefined;
  const message = run && (await store.messages.find(run.messageId));
  if (message?.threadId !== thread.id || run?.status !== 'failed')
    throw createError('NOT_LOCATED', 'failed run');
  return retryRun(context, id);
}

import { createError } from '../../base/errors.ts';
import { isId } from '../../base/ids.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import { checkBotManager } from '../bots/bot-rights.ts';
import type { Context } from '../context.ts';
import type { TimedRun } from './running-runs.ts';

/**
 * The handlers that run in a thread now, longest running first, for those who manage its bots. Those of other
 * processes are not known.
 *
 * @throws NOT_PERMITTED
 */
export async function runningInThread(context: Context, thread: Thread, user: User): Promise<TimedRun[]> {
  await checkBotManager(context, { thread, user, errorMessage: 'Not authorized to view running actions.' });
  return context.running.list(thread.id);
}

/**
 * Cancels a run that has not ended: its worker is ended, and it is neither continued nor retried. What it has done
 * stays. One of another process ends there within a moment.
 *
 * @throws NOT_PERMITTED; NOT_LOCATED when it has ended, or is none of this thread
 */
export async function cancelRun(
  context: Context,
  { thread, user, id }: { thread: Thread; user: User; id: string },
): Promise<void> {
  const { store, running, clock } = context;
  await checkBotManager(context, { thread, user, errorMessage: 'Not authorized to cancel running actions.' });
  const run = isId(id) ? await store.runs.find(id) : undefined;
  const message = run && (await store.messages.find(run.messageId));
  const isHere = message?.threadId === thread.id;
  if (run === undefined || !isHere || !(await store.runs.cancel(id, clock.now())))
    throw createError('NOT_LOCATED', 'running action');
  // Until its retry, its action was on cooldown.
  if (run.status === 'waiting') await store.cooldowns.release(run.actionId);
  running.cancel(id);
}

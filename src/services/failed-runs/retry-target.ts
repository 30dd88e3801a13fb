import { createError } from '../../base/errors.ts';
import { ignoreReason } from '../../domain/ignore-reason.ts';
import type { Message } from '../../domain/message.ts';
import type { IgnoreReason, Run } from '../../domain/run.ts';
import { stopReasonTexts } from '../../domain/run.ts';
import type { Thread } from '../../domain/thread.ts';
import type { Store } from '../../store/store.ts';
import { type LiveAction, liveAction } from '../answering/thread-triggers.ts';
import type { Context } from '../context.ts';

/** What is needed to retry a run, in its current state. */
export interface RetryTarget {
  live: LiveAction;
  thread: Thread;
  message: Message;
  isGroupAdmin: boolean;
}

const ignored: Record<IgnoreReason, string> = {
  ...stopReasonTexts,
  not_group: 'its thread is not a group',
  not_text: 'its message is not text',
  from_bot: 'its message was written by a bot',
  message_removed: 'its message was removed',
};

/**
 * Loads everything that is needed to retry a run.
 *
 * @throws RUN_NOT_RETRIED with what is gone or switched off
 */
export async function retryTarget(context: Context, store: Store, run: Run): Promise<RetryTarget> {
  const notRetried = (reason: string) => createError('RUN_NOT_RETRIED', run.id, reason);
  const message = await store.messages.find(run.messageId);
  const thread = message && (await store.threads.find(message.threadId));
  if (message === undefined || thread === undefined) throw notRetried(ignored.message_removed);
  const reason = ignoreReason(message, thread, context.settings().botsEnabled);
  if (reason !== null) throw notRetried(ignored[reason]);
  const live = await liveOrProblem(context, store, run);
  if (typeof live === 'string') throw notRetried(live);
  const sender = await store.participants.find(thread.id, message.owner.id);
  return { live, thread, message, isGroupAdmin: sender?.admin ?? false };
}

async function liveOrProblem(context: Context, store: Store, run: Run): Promise<LiveAction | string> {
  const bot = await store.bots.find(run.botId);
  if (bot === undefined) return 'its bot was removed';
  const action = await store.bots.findAction(run.actionId);
  if (action === undefined) return 'its action was removed';
  if (context.catalogue.find(action.handler) === undefined)
    return `there is no handler "${action.handler}" any more`;
  return liveAction(context.catalogue, bot, action) ?? 'its bot or its action is switched off';
}

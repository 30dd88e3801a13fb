import { createError, MessengerError } from '../../base/errors.ts';
import type { Bot } from '../../domain/bot.ts';
import type { BotAction } from '../../domain/bot-action.ts';
import { threadReason } from '../../domain/ignore-reason.ts';
import { type StopReason, stopReasonTexts } from '../../domain/run.ts';
import type { Thread } from '../../domain/thread.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import type { LiveAction } from './thread-triggers.ts';

/** An action that may answer in a thread, both in their current state. */
export interface EligibleAction {
  live: LiveAction;
  thread: Thread;
}

/** Ends a run early because its bot may no longer post. This is not a failure. */
export class RunStopped extends MessengerError {
  readonly reason: StopReason;

  constructor(handler: string, reason: StopReason) {
    const { code, message } = createError('RUN_STOPPED', handler, stopReasonTexts[reason]);
    super(code, message);
    this.reason = reason;
  }
}

/**
 * The current state a run continues with, or why it may not. Call it in the transaction of what it permits.
 *
 * Every change of a thread's bots or actions increments its revision. While that is the same, they are not read.
 *
 * @param known what was loaded earlier: first the thread, then the action
 */
export async function checkEligibility(
  context: Pick<Context, 'settings'>,
  store: Store,
  known: EligibleAction,
): Promise<EligibleAction | StopReason> {
  const { live } = known;
  const thread = await store.threads.find(known.thread.id);
  const reason = thread ? threadReason(thread, context.settings().botsEnabled) : 'thread_removed';
  if (reason !== null || thread === undefined) return reason ?? 'thread_removed';
  if (thread.botsRevision === known.thread.botsRevision) return { live, thread };
  const ids = { threadId: thread.id, botId: live.bot.id, actionId: live.action.id };
  const present = await findEligible(context, store, ids);
  if (typeof present === 'string') return present;
  const { bot, action } = present;
  return { live: { ...live, action, bot }, thread: present.thread };
}

/** The current thread, bot and action with these ids, or why the action may not answer. */
export async function findEligible(
  { settings }: Pick<Context, 'settings'>,
  store: Store,
  { threadId, botId, actionId }: { threadId: string; botId: string; actionId: string },
): Promise<{ thread: Thread; bot: Bot; action: BotAction } | StopReason> {
  const thread = await store.threads.find(threadId);
  const reason = thread ? threadReason(thread, settings().botsEnabled) : 'thread_removed';
  const action = await store.bots.findAction(actionId);
  const bot = await store.bots.find(botId);
  if (reason !== null || thread === undefined) return reason ?? 'thread_removed';
  if (action === undefined || bot === undefined) return 'removed';
  return action.enabled && bot.enabled ? { thread, bot, action } : 'disabled';
}

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
  const thread = await findThread(context, store, known.thread.id);
  if (typeof thread === 'string') return thread;
  if (thread.botsRevision === known.thread.botsRevision) return { live, thread };
  const present = await findEnabled(store, { botId: live.bot.id, actionId: live.action.id });
  return typeof present === 'string' ? present : { live: { ...live, ...present }, thread };
}

/** The current thread, bot and action with these ids, or why the action may not answer. */
export async function findEligible(
  context: Pick<Context, 'settings'>,
  store: Store,
  { threadId, ...ids }: ActionIds & { threadId: string },
): Promise<{ thread: Thread; bot: Bot; action: BotAction } | StopReason> {
  const thread = await findThread(context, store, threadId);
  if (typeof thread === 'string') return thread;
  const present = await findEnabled(store, ids);
  return typeof present === 'string' ? present : { thread, ...present };
}

interface ActionIds {
  botId: string;
  actionId: string;
}

/** The thread, or why no bot may answer there. */
async function findThread(
  { settings }: Pick<Context, 'settings'>,
  store: Store,
  id: string,
): Promise<Thread | StopReason> {
  const thread = await store.threads.find(id);
  return thread ? (threadReason(thread, settings().botsEnabled) ?? thread) : 'thread_removed';
}

async function findEnabled(
  store: Store,
  { botId, actionId }: ActionIds,
): Promise<{ bot: Bot; action: BotAction } | StopReason> {
  const action = await store.bots.findAction(actionId);
  const bot = await store.bots.find(botId);
  if (action === undefined || bot === undefined) return 'removed';
  return action.enabled && bot.enabled ? { bot, action } : 'disabled';
}

import type { Bot } from '../../domain/bot.ts';
import type { BotAction } from '../../domain/bot-action.ts';
import { canSeeActions } from '../../domain/permission.ts';
import type { IgnoreReason } from '../../domain/run.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import {
  type ActionVerdict,
  noDetails,
  placeOf,
  type Verdict,
  type VerdictError,
} from '../../domain/verdict.ts';
import { handlersOf } from '../bots/handlers-of.ts';
import type { Context } from '../context.ts';
import { requireParticipant } from '../participants/require-participant.ts';

/** The parts of the context that explanations are made from. */
export type ExplainContext = Pick<Context, 'store' | 'settings' | 'clock' | 'catalogue'>;

/** What became of a message, or would become of a text, at each action of its thread. */
export interface Explanation {
  /** Why bots ignore it as a whole; every action then has this verdict. */
  ignored: IgnoreReason | null;
  /** One row for each action, in the order in which the actions were attached. */
  actions: ActionVerdict[];
}

/** An action with its bot. */
export interface Attached {
  bot: Bot;
  action: BotAction;
}

/**
 * Whether a person sees the actions of a bot. Without a person, everything is seen.
 *
 * @param errorMessage the message of NOT_PERMITTED for those who are not in the thread
 * @throws NOT_PERMITTED
 */
export async function sightOf(
  context: ExplainContext,
  { thread, user, errorMessage }: { thread: Thread; user: User | undefined; errorMessage: string },
): Promise<(bot: Bot) => boolean> {
  if (user === undefined) return () => true;
  const participant = await requireParticipant(context, { thread, user, errorMessage });
  return (bot) => canSeeActions(thread, participant, bot.hideActions);
}

/** The actions of a thread in the order in which they were attached, bot by bot, once their handlers are known. */
export async function attachedIn(
  { store, catalogue }: ExplainContext,
  thread: Thread,
  isSeen: (bot: Bot) => boolean,
): Promise<Attached[]> {
  const there = (await store.bots.inThread(thread.id)).filter(({ bot }) => isSeen(bot));
  await catalogue.whenKnown(handlersOf(there));
  return there.flatMap(({ bot, actions }) => actions.map((action) => ({ bot, action })));
}

/** Why the handler of an action is not loaded, if a broken file is the reason. */
function handlerProblem(
  { catalogue }: Pick<ExplainContext, 'catalogue'>,
  alias: string,
): VerdictError | null {
  const problem = catalogue.problemOf(alias);
  if (problem === undefined) return null;
  const { file, message } = problem;
  return { code: 'HANDLER_FILE_BROKEN', message, stack: null, at: placeOf(message) ?? file };
}

/** Why an action cannot fire whatever the text is. */
export function notLive(context: ExplainContext, { bot, action }: Attached): Verdict {
  if (context.catalogue.find(action.handler) === undefined)
    return { ...noDetails, verdict: 'handler_missing', error: handlerProblem(context, action.handler) };
  return { ...noDetails, verdict: bot.enabled ? 'disabled' : 'bot_disabled' };
}

/** Whole seconds from one moment to another, at least 0. */
export const secondsBetween = (from: string, until: string): number =>
  Math.max(0, Math.ceil((Date.parse(until) - Date.parse(from)) / 1_000));

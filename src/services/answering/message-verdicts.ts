import { timestamp } from '../../base/clock.ts';
import type { Bot } from '../../domain/bot.ts';
import type { BotAction } from '../../domain/bot-action.ts';
import { ignoreReason } from '../../domain/ignore-reason.ts';
import type { Message } from '../../domain/message.ts';
import { canSeeActions } from '../../domain/permission.ts';
import type { IgnoreReason, Run, UntouchedReason } from '../../domain/run.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import { handlersOf } from '../bots/handlers-of.ts';
import type { Context } from '../context.ts';
import { requireParticipant } from '../participants/require-participant.ts';

/** A run with its bot, and the current payload of its action. */
export interface RunVerdict {
  run: Run;
  bot: Bot;
  payload: Record<string, unknown> | null;
  /** Seconds left of the cooldown that skipped it. */
  cooldownLeft: number;
}

/** An action that did not run. */
interface Untouched {
  bot: Bot;
  action: BotAction;
  reason: UntouchedReason;
}

/** Everything recorded about how a message was answered. */
export interface MessageVerdicts {
  message: Message;
  /** Why bots ignore it; null when they do not. */
  ignored: IgnoreReason | null;
  runs: RunVerdict[];
  untouched: Untouched[];
}

type VerdictContext = Pick<Context, 'store' | 'settings' | 'clock' | 'catalogue'>;

/**
 * How each action of a thread handled a message, as far as a person may see the actions.
 *
 * @throws NOT_PERMITTED
 */
export async function messageVerdicts(
  context: VerdictContext,
  { thread, user, message }: { thread: Thread; user: User; message: Message },
): Promise<MessageVerdicts> {
  const { store } = context;
  const participant = await requireParticipant(context, {
    thread,
    user,
    errorMessage: 'Not authorized to view message.',
  });
  const isSeen = (bot: Bot) => canSeeActions(thread, participant, bot.hideActions);
  const there = (await store.bots.inThread(thread.id)).filter(({ bot }) => isSeen(bot));
  await context.catalogue.whenKnown(handlersOf(there));
  const gone = (await store.archivedBots.inThread(thread.id)).filter(isSeen);
  const actions = there.flatMap((each) => each.actions.map((action) => ({ bot: each.bot, action })));
  const runs = await store.runs.ofMessage(message.id);
  return {
    message,
    ignored: runs.size > 0 ? null : await whyIgnored(context, thread, message),
    runs: await runVerdicts(context, ranOf(runs, actions, [...there.map(({ bot }) => bot), ...gone])),
    untouched: actions
      .filter(({ action }) => !runs.has(action.id))
      .map(({ bot, action }) => ({ bot, action, reason: whyNot(context, message, bot, action) })),
  };
}

/** The reason stored when the message arrived; if none was stored, the one that applies now. */
const whyIgnored = async (
  { store, settings }: VerdictContext,
  thread: Thread,
  message: Message,
): Promise<IgnoreReason | null> =>
  (await store.messages.ignoreReason(message.id)) ?? ignoreReason(message, thread, settings().botsEnabled);

interface Attached {
  bot: Bot;
  action: BotAction;
}

type Ran = Omit<RunVerdict, 'cooldownLeft'>;

/** Runs of existing actions in their order, followed by those of removed actions and bots. */
function ranOf(runs: ReadonlyMap<string, Run>, actions: readonly Attached[], bots: readonly Bot[]): Ran[] {
  const botOf = new Map(bots.map((bot) => [bot.id, bot]));
  const payloads = new Map(actions.map(({ action }) => [action.id, action.payload]));
  const order = new Set([...payloads.keys(), ...runs.keys()]);
  return [...order].flatMap((actionId) => {
    const run = runs.get(actionId);
    const bot = run && botOf.get(run.botId);
    return run && bot ? [{ run, bot, payload: payloads.get(actionId) ?? null }] : [];
  });
}

async function runVerdicts({ store, clock }: VerdictContext, ran: readonly Ran[]): Promise<RunVerdict[]> {
  const ids = ran.flatMap(({ run }) => [run.botId, run.actionId]);
  const cooldowns = await store.cooldowns.endings(ids, timestamp(clock.milliseconds()));
  const secondsUntil = (moment: string) =>
    Math.max(0, Math.ceil((Date.parse(moment) - clock.milliseconds()) / 1000));
  return ran.map((each) => {
    const until = cooldowns.get(heldBackBy(each.run) ?? '');
    return { ...each, cooldownLeft: until === undefined ? 0 : secondsUntil(until) };
  });
}

/** The id of the bot or action whose cooldown skipped a run. */
function heldBackBy({ reason, actionId, botId }: Run): string | undefined {
  if (reason === 'action_cooldown') return actionId;
  return reason === 'bot_cooldown' ? botId : undefined;
}

function whyNot(
  { catalogue }: VerdictContext,
  message: Message,
  bot: Bot,
  action: BotAction,
): UntouchedReason {
  if (catalogue.find(action.handler) === undefined) return 'handler_missing';
  if (!bot.enabled) return 'bot_disabled';
  if (!action.enabled) return 'disabled';
  return action.createdAt > message.createdAt ? 'attached_later' : 'no_match';
}

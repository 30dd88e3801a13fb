import type { Bot } from '../domain/bot.ts';
import type { BotAction } from '../domain/bot-action.ts';
import { ignoreReason } from '../domain/ignore-reason.ts';
import type { Message } from '../domain/message.ts';
import { canSeeActions } from '../domain/permission.ts';
import type { IgnoreReason, Run } from '../domain/run.ts';
import type { Thread } from '../domain/thread.ts';
import type { User } from '../domain/user.ts';
import { checkBotViewer } from './bot-rights.ts';
import type { Services } from './context.ts';

/** Why an action has not looked at a message at all. */
export const untouchedReasons = [
  'no_match',
  'disabled',
  'bot_disabled',
  'handler_missing',
  'attached_later',
] as const;
type UntouchedReason = (typeof untouchedReasons)[number];

/** A run with its bot, and what its action is attached with now. */
export interface RunVerdict {
  run: Run;
  bot: Bot;
  payload: Record<string, unknown> | null;
  /** Seconds for which what held it back still rests. */
  restsFor: number;
}

/** An action that has not run. */
interface Untouched {
  bot: Bot;
  action: BotAction;
  reason: UntouchedReason;
}

/** All that is known of how a message was answered. */
export interface MessageVerdicts {
  message: Message;
  /** Why no bot looks at it; null where they do. */
  ignored: IgnoreReason | null;
  runs: RunVerdict[];
  untouched: Untouched[];
}

type VerdictServices = Pick<Services, 'store' | 'settings' | 'clock' | 'catalogue'>;

/**
 * What each action of a thread made of a message, as far as somebody may see them.
 *
 * @throws NOT_PERMITTED
 */
export async function messageVerdicts(
  services: VerdictServices,
  thread: Thread,
  user: User,
  message: Message,
): Promise<MessageVerdicts> {
  const { store, settings } = services;
  const participant = await checkBotViewer(services, thread, user, 'Not authorized to view message.');
  const all = await store.bots.inThread(thread.id);
  const seen = all.filter(({ bot }) => canSeeActions(thread, participant, bot.hideActions));
  const actions = seen.flatMap((each) => each.actions.map((action) => ({ bot: each.bot, action })));
  const runs = await store.runs.ofMessage(message.id);
  const ran = actions.filter(({ action }) => runs.has(action.id));
  return {
    message,
    ignored: runs.size > 0 ? null : ignoreReason(message, thread, settings.botsEnabled),
    runs: await runVerdicts(services, runs, ran),
    untouched: actions
      .filter(({ action }) => !runs.has(action.id))
      .map(({ bot, action }) => ({ bot, action, reason: whyNot(services, message, bot, action) })),
  };
}

interface Attached {
  bot: Bot;
  action: BotAction;
}

async function runVerdicts(
  { store, clock }: VerdictServices,
  runs: ReadonlyMap<string, Run>,
  ran: readonly Attached[],
): Promise<RunVerdict[]> {
  const ids = ran.flatMap(({ bot, action }) => [bot.id, action.id]);
  const resting = await store.cooldowns.resting(ids, clock.now());
  const secondsUntil = (moment = '') =>
    Math.max(0, Math.ceil((Date.parse(moment) - clock.milliseconds()) / 1000));
  return ran.flatMap(({ bot, action }) => {
    const run = runs.get(action.id);
    if (run === undefined) return [];
    const held = { action_cooldown: action.id, bot_cooldown: bot.id, admin_only: '', removed: '' };
    const until = run.reason === null ? undefined : resting.get(held[run.reason]);
    return [{ run, bot, payload: action.payload, restsFor: until === undefined ? 0 : secondsUntil(until) }];
  });
}

function whyNot(
  { catalogue }: VerdictServices,
  message: Message,
  bot: Bot,
  action: BotAction,
): UntouchedReason {
  if (catalogue.find(action.handler) === undefined) return 'handler_missing';
  if (!bot.enabled) return 'bot_disabled';
  if (!action.enabled) return 'disabled';
  return action.createdAt > message.createdAt ? 'attached_later' : 'no_match';
}

import { timestamp } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import { ignoreReason } from '../domain/ignore-reason.ts';
import type { Message } from '../domain/message.ts';
import type { Run, SkipReason } from '../domain/run.ts';
import type { Thread } from '../domain/thread.ts';
import type { Services } from './context.ts';
import { runHandler } from './run-handler.ts';
import type { LiveAction } from './thread-triggers.ts';

/** What is known while one message is being answered. */
interface Answering {
  services: Services;
  thread: Thread;
  message: Message;
  isGroupAdmin: boolean;
  signal: AbortSignal;
}

/**
 * Lets the bots of a thread answer a message: every action whose triggers match it, each once, one after the
 * other. Done again after a crash, it goes on where it was: runs that ended are left alone, the one that was
 * interrupted starts again and repeats nothing it has already done.
 *
 * @param signal when it aborts, the running handler is stopped and this rejects; the job is to be done again
 */
export async function answerMessage(
  services: Services,
  messageId: string,
  signal: AbortSignal,
): Promise<void> {
  const { store, settings, triggers } = services;
  const message = await store.messages.find(messageId);
  const thread = message && (await store.threads.find(message.threadId));
  if (message === undefined || thread === undefined) return;
  if (ignoreReason(message, thread, settings.botsEnabled) !== null) return;

  const hits = (await triggers.of(thread)).match(message.body);
  if (hits.length === 0) return;
  const sender = await store.participants.find(thread.id, message.owner.id);
  const answering = { services, thread, message, isGroupAdmin: sender?.admin ?? false, signal };
  const before = await store.runs.ofMessage(messageId);
  const ran: LiveAction[] = [];
  for (const { item, trigger } of hits) {
    if (await answerWith(answering, item, trigger, before.get(item.action.id))) ran.push(item);
  }
  await restBots(services, ran);
}

/** Lets one action answer, unless it is resting or not for this sender. Whether it ran, now or before. */
async function answerWith(
  answering: Answering,
  live: LiveAction,
  trigger: string | null,
  before: Run | undefined,
): Promise<boolean> {
  const { services, thread, message, isGroupAdmin, signal } = answering;
  if (before && before.status !== 'running') return before.status !== 'skipped';
  const run = before ?? (await begin(answering, live, trigger));
  if (run.status === 'skipped') return false;
  await runHandler({ services, live, thread, message, run, signal }, isGroupAdmin);
  return true;
}

/** Decides whether an action runs, and stores that; its cooldown starts with it. */
async function begin(
  { services, message, isGroupAdmin }: Answering,
  live: LiveAction,
  trigger: string | null,
) {
  const { store, clock } = services;
  const { action, bot } = live;
  const now = clock.now();
  const resting = await store.cooldowns.resting([action.id, bot.id], now);
  const reason = skipReason(live, resting, isGroupAdmin);
  const run: Run = {
    id: newId(),
    messageId: message.id,
    actionId: action.id,
    botId: bot.id,
    handler: action.handler,
    trigger,
    status: reason ? 'skipped' : 'running',
    reason,
    error: null,
    attempts: 0,
    startedAt: now,
    finishedAt: reason ? now : null,
  };
  await store.transaction(async (transaction) => {
    await transaction.runs.insert(run);
    if (reason === null && action.cooldown > 0) {
      await transaction.cooldowns.start(action.id, after(services, action.cooldown));
    }
  });
  return run;
}

function skipReason(
  { action, bot }: LiveAction,
  resting: ReadonlyMap<string, string>,
  isGroupAdmin: boolean,
): SkipReason | null {
  if (resting.has(action.id)) return 'action_cooldown';
  if (resting.has(bot.id)) return 'bot_cooldown';
  if (action.adminOnly && !isGroupAdmin) return 'admin_only';
  return null;
}

/** A bot rests once all actions of the message are through, so it never stops another of them. */
async function restBots(services: Services, ran: readonly LiveAction[]): Promise<void> {
  for (const bot of new Set(ran.map((live) => live.bot))) {
    if (bot.cooldown > 0) await services.store.cooldowns.start(bot.id, after(services, bot.cooldown));
  }
}

const after = ({ clock }: Services, seconds: number): string =>
  timestamp(clock.milliseconds() + seconds * 1000);

import { createError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { ignoreReason } from '../../domain/ignore-reason.ts';
import type { Message } from '../../domain/message.ts';
import type { Run, SkipReason } from '../../domain/run.ts';
import type { Thread } from '../../domain/thread.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { findCooldowns, skipReason, startCooldown } from './cooldowns.ts';
import { runHandler } from './run-handler.ts';
import { presentOf, standingOf } from './standing.ts';
import type { LiveAction } from './thread-triggers.ts';

/** What is known while one message is being answered. */
interface Answering {
  context: Context;
  thread: Thread;
  message: Message;
  isGroupAdmin: boolean;
  signal: AbortSignal;
}

/** An action whose triggers match the message, and the first of them that does. */
interface Hit {
  item: LiveAction;
  trigger: string | null;
}

/**
 * Lets the bots of a thread answer a message: every action whose triggers match it, each once, one after the
 * other. Done again after a crash, it goes on where it was: runs that ended are left alone, the one that was
 * interrupted starts again and repeats nothing it has already done.
 *
 * @param signal when it aborts, the running handler is stopped and this rejects; the job is to be done again
 */
export async function answerMessage(context: Context, messageId: string, signal: AbortSignal): Promise<void> {
  const { store, settings, triggers } = context;
  const message = await store.messages.find(messageId);
  const thread = message && (await store.threads.find(message.threadId));
  if (message === undefined || thread === undefined) return;
  const before = await store.runs.ofMessage(messageId);
  const reason = ignoreReason(message, thread, settings.botsEnabled);
  if (reason !== null && before.size === 0) return store.messages.setIgnoreReason(messageId, reason);

  // What has begun goes on, also when it is the handler itself that has removed the message.
  const hits = (await triggers.of(thread))
    .match(message.body)
    .filter(({ item }) => reason === null || before.has(item.action.id));
  if (hits.length === 0 && before.size === 0) return;
  const sender = await store.participants.find(thread.id, message.owner.id);
  const answering = { context, thread, message, isGroupAdmin: sender?.admin ?? false, signal };
  const wanted = await skipThoseThatRest(answering, hits, before);
  const ran: LiveAction[] = [];
  for (const hit of wanted) {
    if (await answerWith(answering, hit, before.get(hit.item.action.id))) ran.push(hit.item);
  }
  await abandonLost(answering, hits, before);
  await restBots(context, ran);
}

/** Stores why matched actions do not run; gives the others, those that ran before a crash among them. */
async function skipThoseThatRest(
  { context, message, isGroupAdmin }: Answering,
  hits: readonly Hit[],
  before: ReadonlyMap<string, Run>,
): Promise<Hit[]> {
  const { store } = context;
  const resting = await findCooldowns(
    context,
    store,
    hits.map(({ item }) => item),
  );
  const skipped: Run[] = [];
  const wanted = hits.filter(({ item, trigger }) => {
    if (before.has(item.action.id)) return before.get(item.action.id)?.status !== 'skipped';
    const reason = skipReason(item, resting, isGroupAdmin);
    if (reason) skipped.push(skippedRun(context, message, item, trigger, reason));
    return reason === null;
  });
  await store.runs.insert(skipped);
  return wanted;
}

/** Lets one action answer; whether it ran, now or before. */
async function answerWith(
  answering: Answering,
  { item: live, trigger }: Hit,
  before: Run | undefined,
): Promise<boolean> {
  const { context, thread, message, isGroupAdmin, signal } = answering;
  if (before && !isInterrupted(before)) return true;
  const run = before ?? (await begin(answering, live, trigger));
  if (run.status === 'skipped') return false;
  const goesOn = before !== undefined;
  await runHandler({ context, live, thread, message, run, signal }, { isGroupAdmin, goesOn });
  return true;
}

/** Whether a crash ended it. A later attempt has a job of its own, which goes on with it. */
const isInterrupted = ({ status, attempts }: Run): boolean => status === 'running' && attempts === 1;

/** Stores that an action runs, unless it may not since a moment ago; its cooldown starts with it. */
function begin(answering: Answering, live: LiveAction, trigger: string | null): Promise<Run> {
  const { context, message } = answering;
  return context.store.transaction(async (transaction) => {
    const reason = await changedMeanwhile(answering, transaction, live);
    const run = reason
      ? skippedRun(context, message, live, trigger, reason)
      : newRun(context, message, live, trigger);
    await transaction.runs.insert([run]);
    if (reason === null) await startCooldown(context, transaction, live.action);
    return run;
  });
}

/** Why an action that matched may not run any more, or null. The cooldown of its bot stops no action in between. */
async function changedMeanwhile(
  { context, thread, message }: Answering,
  store: Store,
  live: LiveAction,
): Promise<SkipReason | null> {
  const standing = await standingOf(context, store, { live, thread });
  if (typeof standing === 'string') return standing;
  const { action } = standing.live;
  const isAdmin = action.adminOnly && (await store.participants.find(thread.id, message.owner.id))?.admin;
  const resting = action.cooldown > 0 ? await findCooldowns(context, store, [standing.live]) : new Map();
  resting.delete(live.bot.id);
  return skipReason(standing.live, resting, isAdmin ?? false);
}

const newRun = ({ clock }: Context, message: Message, live: LiveAction, trigger: string | null): Run => ({
  id: newId(),
  messageId: message.id,
  actionId: live.action.id,
  botId: live.bot.id,
  handler: live.action.handler,
  trigger,
  status: 'running',
  reason: null,
  error: null,
  attempts: 1,
  starts: 0,
  startedAt: clock.now(),
  finishedAt: null,
});

function skippedRun(
  context: Context,
  message: Message,
  live: LiveAction,
  trigger: string | null,
  reason: SkipReason,
): Run {
  const run = newRun(context, message, live, trigger);
  return { ...run, status: 'skipped', reason, attempts: 0, finishedAt: run.startedAt };
}

/**
 * A run that a crash interrupted, and whose action no longer matches since it was changed, never goes on: it is
 * stopped where the action may not answer any more, else it has failed.
 */
async function abandonLost(
  { context, thread }: Answering,
  hits: readonly Hit[],
  before: ReadonlyMap<string, Run>,
): Promise<void> {
  const { store, clock } = context;
  const matched = new Set(hits.map(({ item }) => item.action.id));
  for (const run of before.values()) {
    if (!isInterrupted(run) || matched.has(run.actionId)) continue;
    const present = await presentOf(context, store, { ...run, threadId: thread.id });
    const { code, message } = createError('RUN_ABANDONED', run.handler);
    if (typeof present === 'string') await store.runs.stop(run.id, present, clock.now());
    else await store.runs.finish(run.id, { code, message, stack: null }, clock.now());
    await store.cooldowns.release(run.actionId);
  }
}

/** A bot rests once all actions of the message are through, so it never stops another of them. */
async function restBots(context: Context, ran: readonly LiveAction[]): Promise<void> {
  for (const bot of new Set(ran.map((live) => live.bot))) await startCooldown(context, context.store, bot);
}

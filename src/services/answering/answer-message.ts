import { createError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { ignoreReason } from '../../domain/ignore-reason.ts';
import type { Message } from '../../domain/message.ts';
import type { Run, SkipReason } from '../../domain/run.ts';
import type { Thread } from '../../domain/thread.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { findCooldowns, skipReason, startCooldown } from './cooldowns.ts';
import { checkEligibility, findEligible } from './eligibility.ts';
import type { ActiveRun } from './requests/active-run.ts';
import { runHandler } from './run-handler.ts';
import type { LiveAction } from './thread-triggers.ts';

/** The state shared while one message is answered. */
interface Answering {
  context: Context;
  thread: Thread;
  message: Message;
  isGroupAdmin: boolean;
  signal: AbortSignal;
}

/** How the job of a message ends. */
interface AnsweringJob {
  /** When it aborts, the running handler is stopped and the job must run again. */
  signal: AbortSignal;
  /** Ends the job in a transaction. */
  complete(transaction: Store): Promise<void>;
}

/** An action with a trigger that matches the message, and the first such trigger. */
interface Hit {
  item: LiveAction;
  trigger: string | null;
}

/**
 * Lets the bots of a thread answer a message. Every action with a matching trigger runs once, one after the
 * other. After a crash, a second call continues: finished runs are skipped, and the interrupted one starts
 * again without repeating effects that were stored. The end of the last run ends the job in the same transaction.
 *
 * @throws the signal's reason when it aborts
 */
export async function answerMessage(
  context: Context,
  messageId: string,
  { signal, complete }: AnsweringJob,
): Promise<void> {
  const { store, settings, triggers } = context;
  const message = await store.messages.find(messageId);
  const thread = message && (await store.threads.find(message.threadId));
  if (message === undefined || thread === undefined) return;
  const before = await store.runs.ofMessage(messageId);
  const reason = ignoreReason(message, thread, settings().botsEnabled);
  if (reason !== null && before.size === 0) return store.messages.setIgnoreReason(messageId, reason);

  // A run that has started continues, even when its own handler removed the message.
  const hits = (await triggers.of(thread))
    .match(message.body)
    .filter(({ item }) => reason === null || before.has(item.action.id));
  if (hits.length === 0 && before.size === 0) return;
  const sender = await store.participants.find(thread.id, message.owner.id);
  const answering = { context, thread, message, isGroupAdmin: sender?.admin ?? false, signal };
  const wanted = await storeSkipped(answering, hits, before);
  const last = before.size === 0 ? wanted.at(-1) : undefined;
  const ran: LiveAction[] = [];
  let isOver = false;
  const atEnd = async (transaction: Store) => {
    await startBotCooldowns(context, transaction, [...ran, ...(last ? [last.item] : [])]);
    await complete(transaction);
    isOver = true;
  };
  for (const hit of wanted) {
    const run = { hit, before: before.get(hit.item.action.id), ...(hit === last && { atEnd }) };
    if (await answerWith(answering, run)) ran.push(hit.item);
  }
  if (isOver) return;
  await abandonLost(answering, hits, before);
  await startBotCooldowns(context, store.unsynced, ran);
}

/** Stores why matched actions do not run. Returns the others, including those that ran before a crash. */
async function storeSkipped(
  { context, message, isGroupAdmin }: Answering,
  hits: readonly Hit[],
  before: ReadonlyMap<string, Run>,
): Promise<Hit[]> {
  const { store } = context;
  const cooldowns = await findCooldowns(
    context,
    store,
    hits.map(({ item }) => item),
  );
  const skipped: Run[] = [];
  const wanted = hits.filter(({ item, trigger }) => {
    if (before.has(item.action.id)) return before.get(item.action.id)?.status !== 'skipped';
    const reason = skipReason(item, cooldowns, isGroupAdmin);
    if (reason) skipped.push(skippedRun(context, message, item, trigger, reason));
    return reason === null;
  });
  await store.runs.insert(skipped);
  return wanted;
}

/** An action that is to run, and its run from before a crash. */
interface WantedRun extends Pick<ActiveRun, 'atEnd'> {
  hit: Hit;
  before: Run | undefined;
}

/** Runs one action. Returns whether it ran, now or earlier. */
async function answerWith(
  answering: Answering,
  { hit: { item: live, trigger }, before, ...more }: WantedRun,
): Promise<boolean> {
  const { context, thread, message, isGroupAdmin, signal } = answering;
  if (before && !isInterrupted(before)) return true;
  const run = before ?? (await begin(answering, live, trigger));
  if (run.status === 'skipped') return false;
  const isResumed = before !== undefined;
  await runHandler({ context, live, thread, message, run, signal, ...more }, { isGroupAdmin, isResumed });
  return true;
}

/** Whether a crash interrupted it. Later attempts have their own job, which resumes them. */
const isInterrupted = ({ status, attempts }: Run): boolean => status === 'running' && attempts === 1;

/**
 * Stores a run and starts the action's cooldown, unless the action may no longer run. Its first effect waits for the
 * disk, and is not stored without it.
 */
async function begin(answering: Answering, live: LiveAction, trigger: string | null): Promise<Run> {
  const { context, message } = answering;
  const { store } = context;
  const begun = await store.unsynced.transaction(async (transaction) => {
    const reason = await changedMeanwhile(answering, transaction, live);
    if (reason !== null) return reason;
    const run = newRun(context, message, live, trigger);
    await transaction.runs.insert([run]);
    await startCooldown(context, transaction, live.action);
    return run;
  });
  if (typeof begun !== 'string') return begun;
  const skipped = skippedRun(context, message, live, trigger, begun);
  await store.runs.insert([skipped]);
  return skipped;
}

/** Why a matched action may no longer run, or null. The cooldown of its bot does not count yet. */
async function changedMeanwhile(
  { context, thread, message }: Answering,
  store: Store,
  live: LiveAction,
): Promise<SkipReason | null> {
  const eligible = await checkEligibility(context, store, { live, thread });
  if (typeof eligible === 'string') return eligible;
  const { action } = eligible.live;
  const isAdmin = action.adminOnly && (await store.participants.find(thread.id, message.owner.id))?.admin;
  const cooldowns = action.cooldown > 0 ? await findCooldowns(context, store, [eligible.live]) : new Map();
  cooldowns.delete(live.bot.id);
  return skipReason(eligible.live, cooldowns, isAdmin ?? false);
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
 * Ends interrupted runs whose action was changed and no longer matches. A run is stopped where the action may
 * not answer any more; otherwise it fails.
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
    const present = await findEligible(context, store, { ...run, threadId: thread.id });
    const { code, message } = createError('RUN_ABANDONED', run.handler);
    if (typeof present === 'string') await store.runs.stop(run.id, present, clock.now());
    else await store.runs.finish(run.id, { code, message, stack: null }, clock.now());
    await store.cooldowns.release(run.actionId);
  }
}

/** Bots' cooldowns start after all actions of the message, so they never block one of them. */
async function startBotCooldowns(context: Context, store: Store, ran: readonly LiveAction[]): Promise<void> {
  for (const bot of new Set(ran.map((live) => live.bot))) await startCooldown(context, store, bot);
}

import { effectRejected, type RequestKind } from '../../../authoring/request-arguments.ts';
import type { Requests } from '../../../authoring/requests.ts';
import type { Deadline } from '../../../base/deadline.ts';
import { createError, MessengerError } from '../../../base/errors.ts';
import { isShortage } from '../../../base/shortage.ts';
import type { Bot } from '../../../domain/bot.ts';
import type { Events } from '../../../domain/event.ts';
import type { Message } from '../../../domain/message.ts';
import type { Run } from '../../../domain/run.ts';
import type { Store } from '../../../store/store.ts';
import type { Context } from '../../context.ts';
import { assertPermitted } from '../../participants/assert-permitted.ts';
import { checkEligibility, type EligibleAction, RunStopped } from '../eligibility.ts';

/** A run in progress. */
export interface ActiveRun extends EligibleAction {
  context: Context;
  message: Message;
  run: Run;
  /** When it aborts, the run ends early. */
  signal: AbortSignal;
  /** What is stored together with the end of the run, unless that waits for a retry. */
  atEnd?: (transaction: Store) => Promise<void>;
}

/** A run whose requests are answered. */
export interface OpenRun extends ActiveRun {
  /** Ends the run and its worker. */
  end: AbortController;
  /** Whether it was started before, so that effects of it may be stored. */
  isAgain: boolean;
  /** The steps since. The sandbox may start a handler again by itself, which then begins at the first step. */
  begun: Set<number>;
  /** What is being stored right now. Only this is awaited when the run ends. */
  storing: Set<Promise<unknown>>;
  /** The bots that are shown as typing. */
  typing: Map<string, Events['Typing']>;
}

/** The answer to a request. */
export type Answer<Kind extends RequestKind> = Requests[Kind]['answer'];

/** Answers a request of a handler. `step` counts the durable requests of the run from 1, and `deadline` is the run's. */
export type Answerer<Kind extends RequestKind> = (
  active: OpenRun,
  args: Requests[Kind]['args'],
  step: number,
  deadline?: Deadline,
) => Promise<Answer<Kind>>;

/** The result of a durable request, and the events to emit once it is stored. */
export interface Done<Kind extends RequestKind> {
  answer: Answer<Kind>;
  emit?: () => void;
}

type RunTransaction = <Result>(inside: (store: Store) => Promise<Result>) => Promise<Result>;

/**
 * Runs a durable request and stores its answer in one transaction. A step that was done before a crash is not
 * done again; its stored answer is returned.
 *
 * @param work receives the bot and the thread as they are in its transaction
 * @param transact makes the transaction, where something has to be done before it
 * @throws EFFECT_REFUSED with the reason when `work` rejects; RUN_STOPPED when the bot may not post any more;
 *   the error of a temporary shortage
 */
export async function runOnce<Kind extends RequestKind>(
  active: OpenRun,
  kind: Kind,
  step: number,
  work: (store: Store, current: OpenRun) => Promise<Done<Kind>>,
  transact: RunTransaction = (inside) => active.context.store.transaction(inside),
): Promise<Answer<Kind>> {
  const { context, run } = active;
  const before = mayBeStored(active, step) ? await context.store.runs.effect(run.id, step) : undefined;
  if (before !== undefined) return JSON.parse(before);
  const stored = deferred();
  try {
    const { answer, emit } = await rejecting(kind, () =>
      transact(async (store) => {
        assertNotAborted(active, kind);
        active.storing.add(stored.promise);
        const done = await work(store, await current(active, store));
        await store.runs.insertEffect(run.id, step, kind, JSON.stringify(done.answer), context.clock.now());
        return done;
      }),
    );
    emit?.();
    return answer;
  } finally {
    active.storing.delete(stored.promise);
    stored.settle();
  }
}

/** Whether a step may have been done before. Most were not, and need no look at what is stored. */
function mayBeStored({ isAgain, begun }: OpenRun, step: number): boolean {
  const hasBegun = begun.has(step);
  begun.add(step);
  return isAgain || hasBegun;
}

function deferred(): { promise: Promise<void>; settle: () => void } {
  let settle = () => {};
  const promise = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { promise, settle };
}

/**
 * Rejects a request that is answered only after its run has ended, as when a disk or the database hung.
 *
 * @throws HANDLER_OUTSIDE_RUN
 */
export function assertNotAborted({ signal }: ActiveRun, kind: RequestKind): void {
  if (signal.aborted) throw createError('HANDLER_OUTSIDE_RUN', `composer() (${kind})`);
}

/**
 * The run with its current bot and thread.
 *
 * @throws RUN_STOPPED when the bot may not post any more; this ends the run, even if the handler catches it
 */
export async function current(active: OpenRun, store: Store): Promise<OpenRun> {
  const eligible = await checkEligibility(active.context, store, active);
  if (typeof eligible !== 'string') return { ...active, ...eligible };
  const stopped = new RunStopped(active.live.handler.class, eligible);
  active.end.abort(stopped);
  throw stopped;
}

/**
 * Who makes a request: the bot of the run, or another bot of the thread.
 *
 * @throws NOT_FOUND; NOT_PERMITTED for another bot that is disabled
 */
export async function actor(active: ActiveRun, botId: string | null, store: Store): Promise<Bot> {
  const own = active.live.bot;
  if (botId === null || botId === own.id) return own;
  const bot = await store.bots.find(botId);
  if (bot?.threadId !== active.thread.id) throw createError('NOT_FOUND', 'bot', botId, 'this thread');
  assertPermitted(bot.enabled, `The bot "${bot.name}" is disabled.`);
  return bot;
}

async function rejecting<Result>(kind: RequestKind, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RunStopped || isShortage(error)) throw error;
    if (error instanceof MessengerError) throw effectRejected(kind, error.message);
    throw error;
  }
}

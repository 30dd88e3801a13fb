import type { RequestKind, Requests } from '../../authoring/requests.ts';
import { failure, MessengerError } from '../../base/errors.ts';
import type { Message } from '../../domain/message.ts';
import type { Provider } from '../../domain/provider.ts';
import type { Run } from '../../domain/run.ts';
import type { Thread } from '../../domain/thread.ts';
import type { Store } from '../../store/store.ts';
import type { Services } from '../context.ts';
import type { LiveAction } from '../thread-triggers.ts';
import { refusal } from './arguments.ts';

/** A run that is going on. */
export interface ActiveRun {
  services: Services;
  live: LiveAction;
  thread: Thread;
  message: Message;
  run: Run;
  /** When it aborts, the run ends before it is done. */
  signal: AbortSignal;
}

/** What the product answers to a request. */
export type Answer<Kind extends RequestKind> = Requests[Kind]['answer'];

/** Does what a handler asks for. `step` counts the durable requests of the run from 1. */
export type Answerer<Kind extends RequestKind> = (
  active: ActiveRun,
  args: Requests[Kind]['args'],
  step: number,
) => Promise<Answer<Kind>>;

/** What a durable request did, and how the world is told once it is stored. */
export interface Done<Kind extends RequestKind> {
  answer: Answer<Kind>;
  tell?: () => void;
}

type Transact = <Result>(inside: (store: Store) => Promise<Result>) => Promise<Result>;

/**
 * Does a durable request and remembers it in one transaction. A step that was done before a crash is not done
 * again; its stored answer is given.
 *
 * @param transact how the transaction is made, where something has to be done before it
 * @throws EFFECT_REFUSED with the reason when `work` refuses
 */
export async function once<Kind extends RequestKind>(
  { services, run }: ActiveRun,
  kind: Kind,
  step: number,
  work: (store: Store) => Promise<Done<Kind>>,
  transact: Transact = (inside) => services.store.transaction(inside),
): Promise<Answer<Kind>> {
  const before = await services.store.runs.effect(run.id, step);
  if (before !== undefined) return JSON.parse(before);
  const { answer, tell } = await refusing(kind, () =>
    transact(async (store) => {
      const done = await work(store);
      await store.runs.insertEffect(run.id, step, kind, JSON.stringify(done.answer), services.clock.now());
      // It gets on: what interrupts it later is not its own doing.
      if (run.starts > 1) await store.runs.setStarts(run.id, 1);
      return done;
    }),
  );
  tell?.();
  return answer;
}

/**
 * Who a request is done by: the bot of the run, or another one of the thread.
 *
 * @throws NOT_FOUND
 */
export async function actor(active: ActiveRun, botId: string | null, store: Store): Promise<Provider> {
  const own = active.live.bot;
  if (botId === null || botId === own.id) return { type: 'bot', id: own.id, name: own.name };
  const bot = await store.bots.find(botId);
  if (bot?.threadId !== active.thread.id) throw failure('NOT_FOUND', 'bot', botId, 'this thread');
  return { type: 'bot', id: bot.id, name: bot.name };
}

async function refusing<Result>(kind: RequestKind, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MessengerError) throw refusal(kind, error.message);
    throw error;
  }
}

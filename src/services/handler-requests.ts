import type { RequestKind, Requests } from '../authoring/requests.ts';
import { failure, MessengerError } from '../base/errors.ts';
import type { Message } from '../domain/message.ts';
import type { Provider } from '../domain/provider.ts';
import type { Run } from '../domain/run.ts';
import type { Thread } from '../domain/thread.ts';
import type { RequestListener } from '../sandbox/worker-thread.ts';
import type { Store } from '../store/store.ts';
import type { Services } from './context.ts';
import { actionData, botData, messageData } from './handler-data.ts';
import { addReaction } from './react.ts';
import { checkBody, newMessage, storeMessage } from './send-message.ts';
import type { LiveAction } from './thread-triggers.ts';

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

type Answer<Kind extends RequestKind> = Requests[Kind]['answer'];
type Answerers = {
  [Kind in RequestKind]: (
    active: ActiveRun,
    args: Requests[Kind]['args'],
    step: number,
  ) => Promise<Answer<Kind>>;
};

/** One entry for each thing a handler may ask for. */
const answerers: Answerers = {
  message: (active, { body, replyToId, extra, silent }, step) =>
    once(active, 'message', step, async (store) => {
      checkBody(body);
      const { services, thread } = active;
      const draft = newMessage(services, thread, botOf(active), { body, replyToId, extra });
      const message = await storeMessage(store, draft);
      const tell = () => services.events.emit('NewMessage', { thread, message, silent });
      return { answer: messageData(message), tell };
    }),

  reaction: (active, { messageId, reaction, silent }, step) =>
    once(active, 'reaction', step, async (store) => {
      const message = await store.messages.find(messageId);
      if (message?.threadId !== active.thread.id) throw failure('NOT_FOUND', 'message', messageId);
      const added = await addReaction(active.services, store, message, botOf(active), reaction);
      const tell = () => active.services.events.emit('ReactionAdded', { message, reaction: added, silent });
      return { answer: { id: added.id, messageId, reaction: added.reaction }, tell };
    }),

  typing: async (active, { silent }) => {
    if (!silent) active.services.events.emit('Typing', presence(active));
    return null;
  },

  stopTyping: async (active, { silent }) => {
    if (!silent) active.services.events.emit('StoppedTyping', presence(active));
    return null;
  },

  read: async (active, { messageId, silent }) => {
    if (!silent) active.services.events.emit('Read', { ...presence(active), messageId });
    return null;
  },

  bots: async ({ services, thread }) => {
    const bots = await services.store.bots.inThread(thread.id);
    return bots.map(({ bot, actions }) => ({
      ...botData(bot),
      actions: actions.flatMap((action) => {
        const handler = services.catalogue.find(action.handler);
        return handler ? [{ ...actionData(action, handler), name: handler.name }] : [];
      }),
    }));
  },

  sleep: async ({ services, signal }, { milliseconds }) => {
    await services.clock.sleep(milliseconds, signal);
    return null;
  },
};

/** Answers what one run asks for. What it does in the thread is done in the order in which it was asked for. */
export function requestListener(active: ActiveRun): RequestListener {
  let before: Promise<unknown> = Promise.resolve();
  return (kind, step, args) => {
    const answer = (): Promise<unknown> => answerers[kind](active, args, step ?? 0);
    if (kind === 'sleep' || kind === 'bots') return answer();
    const turn = before.then(answer);
    before = turn.catch(() => undefined);
    return turn;
  };
}

interface Done<Kind extends RequestKind> {
  answer: Answer<Kind>;
  /** Told to the world after it is stored. */
  tell: () => void;
}

/** Does a step and remembers it in one transaction; a step that was done before the crash is not done again. */
async function once<Kind extends RequestKind>(
  { services, run }: ActiveRun,
  kind: Kind,
  step: number,
  work: (store: Store) => Promise<Done<Kind>>,
): Promise<Answer<Kind>> {
  const before = await services.store.runs.effect(run.id, step);
  if (before !== undefined) return JSON.parse(before);
  const { answer, tell } = await refusing(kind, () =>
    services.store.transaction(async (store) => {
      const done = await work(store);
      await store.runs.insertEffect(run.id, step, kind, JSON.stringify(done.answer), services.clock.now());
      return done;
    }),
  );
  tell();
  return answer;
}

async function refusing<Result>(kind: RequestKind, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MessengerError) throw failure('EFFECT_REFUSED', `send its ${kind}`, error.message);
    throw error;
  }
}

const botOf = ({ live: { bot } }: ActiveRun): Provider => ({ type: 'bot', id: bot.id, name: bot.name });

const presence = (active: ActiveRun) => ({ threadId: active.thread.id, from: botOf(active) });

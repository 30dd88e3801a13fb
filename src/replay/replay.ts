import { setTimeout as sleep } from 'node:timers/promises';
import { createError, MessengerError, messageOf } from '../base/errors.ts';
import { type Message, messageTypes } from '../domain/message.ts';
import type { Replay, ReplayedMessage, ReplayRequest, ReplayVerdict } from '../domain/replay.ts';
import type { Thread } from '../domain/thread.ts';
import { verdictSentence } from '../domain/verdict-sentence.ts';
import { advanceUntilIdle } from '../services/clock/advance.ts';
import type { Context } from '../services/context.ts';
import { explainMessage } from '../services/explaining/explain-message.ts';
import { sendMessage } from '../services/messages/send-message.ts';
import type { EngineChat } from '../testing/engine.ts';
import { answersTo } from './answers-to.ts';
import { type ForkContext, forkGroup } from './fork-group.ts';

/** How many messages are sent again at most, and the milliseconds that all of it may take. */
const maxMessages = 100;
const timeLimit = 10_000;

/**
 * Sends messages of a group again into a copy of it, with the handlers as they are now, and compares what bots did. The
 * group is not changed. What handlers do outside, such as HTTP requests, is really done.
 *
 * @param signal ends it early
 */
export async function replay(
  app: ForkContext,
  { threadId, range }: ReplayRequest,
  signal: AbortSignal,
): Promise<Replay> {
  const begun = performance.now();
  const thread = await app.store.threads.find(threadId);
  const wanted = await messagesOf(app, threadId, range);
  const some = wanted.slice(0, maxMessages);
  const messages = thread ? await replayed(app, { thread, messages: some, signal }) : [];
  const milliseconds = Math.round(performance.now() - begun);
  return { messages, milliseconds, left: wanted.length - messages.length };
}

/** The texts of people in a range, oldest first; without a range their last one. None if an end of it is gone. */
async function messagesOf(
  { store }: Pick<Context, 'store'>,
  threadId: string,
  range: ReplayRequest['range'],
): Promise<Message[]> {
  if (range === null) {
    const last = await store.messages.latestOfPeople(threadId);
    return last ? [last] : [];
  }
  const ends = await Promise.all(range.map((id) => store.messages.find(id)));
  const [one, other] = ends.filter((message) => message?.threadId === threadId);
  if (one === undefined || other === undefined) return [];
  const [from, to] = [Math.min(one.sequence, other.sequence), Math.max(one.sequence, other.sequence)];
  const found = await store.messagePlaces.after(threadId, from - 1, to - from + 1);
  return found.filter(
    ({ owner, type, sequence }) => sequence <= to && owner.type === 'user' && type === messageTypes.MESSAGE,
  );
}

interface Played {
  thread: Thread;
  messages: readonly Message[];
  signal: AbortSignal;
}

async function replayed(app: ForkContext, { thread, messages, signal }: Played): Promise<ReplayedMessage[]> {
  const [first] = messages;
  if (first === undefined) return [];
  const fork = await forkGroup(app, thread, first);
  fork.clock.freeze();
  const end = new AbortController();
  const outOfTime = sleep(timeLimit, 'out of time' as const, { signal: end.signal }).catch(
    () => 'ended' as const,
  );
  const stopped = new Promise<'ended'>((resolve) => signal.addEventListener('abort', () => resolve('ended')));
  const done: ReplayedMessage[] = [];
  try {
    let before = first;
    for (const message of messages) {
      fork.clock.advance(Math.max(0, Date.parse(message.createdAt) - Date.parse(before.createdAt)));
      const sent = await sendAgain(fork, message);
      const ended = await Promise.race([advanceUntilIdle(fork), outOfTime, stopped]);
      const problem =
        typeof ended === 'number' ? null : `It was still being answered after ${timeLimit / 1000} s.`;
      done.push(await compare(app, fork, { thread, message, sent, problem }));
      if (problem !== null) break;
      before = message;
    }
    return done;
  } finally {
    end.abort();
    await fork.close();
  }
}

/** The message in the copy, or why it could not be sent. */
async function sendAgain(fork: EngineChat, { threadId, owner, body, replyToId, extra }: Message) {
  try {
    const sender = await fork.store.users.find(owner.id);
    if (sender === undefined) throw createError('NOT_FOUND', 'person', owner.name);
    const outgoing = { body, replyToId, extra };
    return (await sendMessage(fork, { threadId, sender, outgoing })).message;
  } catch (error) {
    if (error instanceof MessengerError) return messageOf(error);
    throw error;
  }
}

interface Sent {
  thread: Thread;
  message: Message;
  sent: Message | string;
  problem: string | null;
}

async function compare(
  app: ForkContext,
  fork: EngineChat,
  { thread, message, sent, problem }: Sent,
): Promise<ReplayedMessage> {
  const { id, owner, body } = message;
  const shown = { id, from: owner.name, body, before: await answersTo(app.store, message) };
  if (typeof sent === 'string') return { ...shown, after: [], verdicts: [], problem: sent };
  const after = await answersTo(fork.store, sent);
  return { ...shown, after, verdicts: await verdictChanges(app, fork, { thread, message, sent }), problem };
}

/** The actions that did another thing with a message. */
async function verdictChanges(
  app: Context,
  fork: Context,
  { thread, message, sent }: { thread: Thread; message: Message; sent: Message },
): Promise<ReplayVerdict[]> {
  const before = await explainMessage(app, { thread, message });
  const after = await explainMessage(fork, { thread, message: sent });
  return after.actions.flatMap((row) => {
    const old = before.actions.find(({ action }) => action.id === row.action.id);
    if (old === undefined || old.verdict === row.verdict) return [];
    const { bot, action } = row;
    return [
      {
        bot: bot.name,
        handler: action.handler,
        before: verdictSentence(old),
        after: verdictSentence(row),
      },
    ];
  });
}

import type { Timestamp } from '../../base/clock.ts';
import type { Message } from '../../domain/message.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { pageSizes } from '../pages.ts';
import { requireParticipant } from '../participants/require-participant.ts';
import { type MessageView, messageViews } from './message-views.ts';

type Reading = Pick<Context, 'store'>;

/** A thread as somebody reads it. */
interface Reader {
  thread: Thread;
  user: User;
}

/** Consecutive messages of a thread, newest first, that need not be the newest ones. */
export interface MessageStretch {
  items: MessageView[];
  /** The id of the message that was asked for; null if there is none. */
  foundId: string | null;
  /** The ids with which older and newer ones are loaded; null where there are none. */
  olderId: string | null;
  newerId: string | null;
  /** Number of messages in the whole thread. */
  total: number;
}

const half = pageSizes.messages.next / 2;

/**
 * A message with those before and after it.
 *
 * @throws NOT_PERMITTED
 */
export async function messagesAround(
  context: Reading,
  { thread, user, message }: Reader & { message: Message },
): Promise<MessageStretch> {
  await assertReader(context, { thread, user });
  return around(context, thread, message);
}

/**
 * The first message from a moment on, with those before and after it; the last message if all are older.
 *
 * @throws NOT_PERMITTED
 */
export async function messagesSince(
  context: Reading,
  { thread, user, moment }: Reader & { moment: Timestamp },
): Promise<MessageStretch> {
  await assertReader(context, { thread, user });
  const first = await context.store.messagePlaces.firstSince(thread.id, moment);
  const [found = first] = first ? [] : await context.store.messages.newest(thread.id, 1);
  if (found === undefined) return { items: [], foundId: null, olderId: null, newerId: null, total: 0 };
  return around(context, thread, found);
}

/**
 * The messages after one of them, as far as a page holds them.
 *
 * @throws NOT_PERMITTED
 */
export async function messagesAfter(
  context: Reading,
  { thread, user, message }: Reader & { message: Message },
): Promise<MessageStretch> {
  await assertReader(context, { thread, user });
  const size = pageSizes.messages.next;
  const newer = await context.store.messagePlaces.after(thread.id, message.sequence, size + 1);
  return stretch(context, thread, {
    messages: newer.slice(0, size),
    foundId: message.id,
    hasOlder: true,
    hasNewer: newer.length > size,
  });
}

const assertReader = (context: Reading, { thread, user }: Reader) =>
  requireParticipant(context, { thread, user, errorMessage: 'Not authorized to view messages.' });

async function around(context: Reading, thread: Thread, message: Message): Promise<MessageStretch> {
  const { messages, messagePlaces } = context.store;
  const older = await messages.page(thread.id, { older: message.sequence, limit: half + 1 });
  const newer = await messagePlaces.after(thread.id, message.sequence - 1, half + 1);
  return stretch(context, thread, {
    messages: [...older.slice(0, half).reverse(), ...newer.slice(0, half)],
    foundId: message.id,
    hasOlder: older.length > half,
    hasNewer: newer.length > half,
  });
}

/** @param messages oldest first */
async function stretch(
  { store }: Reading,
  thread: Thread,
  {
    messages,
    foundId,
    hasOlder,
    hasNewer,
  }: { messages: Message[]; foundId: string; hasOlder: boolean; hasNewer: boolean },
): Promise<MessageStretch> {
  return {
    items: await messageViews(store, thread, messages.toReversed()),
    foundId,
    olderId: hasOlder ? (messages[0]?.id ?? null) : null,
    newerId: hasNewer ? (messages.at(-1)?.id ?? null) : null,
    total: await store.messages.count(thread.id, {}),
  };
}

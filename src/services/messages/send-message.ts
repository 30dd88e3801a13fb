import { createError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import type { Events } from '../../domain/event.ts';
import { ignoreReason } from '../../domain/ignore-reason.ts';
import { isSystemMessage, type Message, type MessageExtra, messageTypes } from '../../domain/message.ts';
import { checkBody, checkExtra } from '../../domain/outgoing.ts';
import { canSendMessages } from '../../domain/permission.ts';
import { userProfile } from '../../domain/profile.ts';
import type { Provider } from '../../domain/provider.ts';
import type { Thread } from '../../domain/thread.ts';
import { asProvider, type User } from '../../domain/user.ts';
import { wellFormed } from '../../domain/well-formed.ts';
import type { NewMessage } from '../../store/messages.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { assertPermitted } from '../participants/assert-permitted.ts';

/** A text to send. */
export interface OutgoingMessage {
  body: string;
  replyToId?: string | null;
  extra?: MessageExtra | null;
  senderIp?: string | null;
  /** The client's name for the message until it has the id. */
  temporaryId?: string | undefined;
}

/** A message that was just stored, and the one it replies to. */
export type StoredMessage = Pick<Events['NewMessage'], 'message' | 'replyTo'>;

/** The kind of the job that lets bots answer a message. */
export const answerJob = 'answer-message';

/** The job that lets bots answer a message. Its thread's messages are answered one after the other. */
export const answerJobOf = ({ id, threadId }: Pick<Message, 'id' | 'threadId'>) => ({
  kind: answerJob,
  key: threadId,
  payload: { messageId: id },
});

/**
 * Sends a person's message. When this returns, the message and its job are stored. With
 * `bots.subscriber.queued: false`, bots have also answered.
 *
 * @throws NOT_FOUND; NOT_PERMITTED; MESSAGE_INVALID; NOT_LOCATED when the thread was removed
 */
export async function sendMessage(
  context: Context,
  { threadId, sender, outgoing }: { threadId: string; sender: User; outgoing: OutgoingMessage },
): Promise<StoredMessage> {
  const { store, settings, queue, events } = context;
  const { thread, stored, job } = await store.transaction(async (transaction) => {
    const thread = await transaction.threads.find(threadId);
    if (thread === undefined) throw createError('NOT_FOUND', 'thread', threadId);
    const participant = await transaction.participants.find(threadId, sender.id);
    assertPermitted(canSendMessages(thread, participant), 'Not authorized to send messages.');
    checkBody(outgoing.body, settings().messageLimit);
    const draft = newMessage(context, { thread, owner: asProvider(sender), outgoing });
    const stored = await storePersonal(transaction, draft);
    return { thread, stored, job: await enqueueAnswer(context, transaction, thread, stored.message) };
  });
  const { temporaryId } = outgoing;
  const profile = userProfile(sender);
  events.emit('NewMessage', { thread, ...stored, profile, silent: false, temporaryId });
  queue.wake();
  if (job !== undefined && !settings().queued) await queue.settled(job);
  return stored;
}

/** The number of the job that lets bots answer, if they may. */
async function enqueueAnswer(
  { settings, queue }: Context,
  transaction: Store,
  thread: Thread,
  message: Message,
): Promise<number | undefined> {
  if (!settings().subscriberEnabled) return undefined;
  const reason = ignoreReason(message, thread, settings().botsEnabled);
  // Store the reason only if bots may be switched on later. Other reasons can be derived at any time.
  if (reason?.startsWith('bots_off')) await transaction.messages.setIgnoreReason(message.id, reason);
  if (reason !== null) return undefined;
  return queue.enqueue(transaction, answerJobOf(message));
}

/**
 * A text message of a person or a bot that can be stored.
 *
 * @throws MESSAGE_INVALID when its extra data is too large
 */
export function newMessage(
  { clock, settings }: Context,
  { thread, owner, outgoing }: { thread: Thread; owner: Provider; outgoing: OutgoingMessage },
): NewMessage {
  const now = clock.now();
  checkExtra(outgoing.extra, settings().limits.extra);
  return {
    id: newId(),
    threadId: thread.id,
    owner,
    type: messageTypes.MESSAGE,
    body: outgoing.body.toWellFormed(),
    replyToId: outgoing.replyToId ?? null,
    extra: wellFormed(outgoing.extra ?? null),
    edited: false,
    senderIp: outgoing.senderIp ?? null,
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
  };
}

/**
 * Stores a message and moves its thread to the front. An invalid reply is stored as an ordinary message.
 *
 * @throws NOT_LOCATED when the thread was removed; only the message about the removal may follow
 */
export async function storeMessage(transaction: Store, draft: NewMessage): Promise<StoredMessage> {
  const replied = draft.replyToId === null ? undefined : await transaction.messages.find(draft.replyToId);
  const replyTo = replied && isAnswerable(draft, replied) ? replied : null;
  const message = await transaction.messages.insert({ ...draft, replyToId: replyTo?.id ?? null });
  const isThere = await transaction.threads.touch(draft.threadId, draft.createdAt);
  if (!isThere && draft.type !== messageTypes.THREAD_ARCHIVED) throw createError('NOT_LOCATED', 'thread');
  return { message, replyTo };
}

const isAnswerable = ({ threadId }: NewMessage, replied: Message): boolean =>
  replied.threadId === threadId && replied.archivedAt === null && !isSystemMessage(replied.type);

/**
 * Stores a person's message and marks the thread as read by them.
 *
 * @throws NOT_LOCATED when the message it replies to does not exist
 */
export async function storePersonal(transaction: Store, draft: NewMessage): Promise<StoredMessage> {
  const stored = await storeMessage(transaction, draft);
  await transaction.participants.markRead(draft.threadId, draft.owner.id, stored.message.createdAt);
  return stored;
}

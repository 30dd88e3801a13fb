import { createError } from '../../base/errors.ts';
import { isId } from '../../base/ids.ts';
import type { Message } from '../../domain/message.ts';
import type { Participant } from '../../domain/participant.ts';
import type { Reaction } from '../../domain/reaction.ts';
import type { Thread } from '../../domain/thread.ts';
import type { Context } from '../context.ts';
import { type InviteView, inviteOfCode } from '../threads/join-by-invite.ts';

type Located = Pick<Context, 'store'>;

/**
 * The message with an id from outside, if it belongs to the thread.
 *
 * @throws NOT_LOCATED
 */
export async function locateMessage({ store }: Located, thread: Thread, id: string): Promise<Message> {
  const message = isId(id) ? await store.messages.find(id) : undefined;
  if (message?.threadId !== thread.id || message.archivedAt !== null)
    throw createError('NOT_LOCATED', 'message');
  return message;
}

/**
 * The last message of the previous page. It may have been archived since then.
 *
 * @throws NOT_LOCATED
 */
export async function locateMessageEdge({ store }: Located, thread: Thread, id: string): Promise<Message> {
  const message = isId(id) ? await store.messages.find(id) : undefined;
  if (message?.threadId !== thread.id) throw createError('NOT_LOCATED', 'message');
  return message;
}

/**
 * The reaction with an id from outside, if it belongs to the message.
 *
 * @throws NOT_LOCATED
 */
export async function locateReaction({ store }: Located, message: Message, id: string): Promise<Reaction> {
  const reaction = (await store.reactions.of(message.id)).find((one) => one.id === id);
  if (reaction === undefined) throw createError('NOT_LOCATED', 'message reaction');
  return reaction;
}

/**
 * The participant with an id from outside, if they are in the thread.
 *
 * @throws NOT_LOCATED
 */
export async function locateParticipant(
  { store }: Located,
  thread: Thread,
  id: string,
): Promise<Participant> {
  const participant = isId(id) ? await store.participants.findById(thread.id, id) : undefined;
  if (participant === undefined) throw createError('NOT_LOCATED', 'participant');
  return participant;
}

/**
 * The last participant of the previous page. They may have left since then.
 *
 * @throws NOT_LOCATED
 */
export async function locateParticipantEdge(
  { store }: Located,
  thread: Thread,
  id: string,
): Promise<Participant> {
  const known = isId(id) ? await store.participants.knownById(thread.id, id) : undefined;
  if (known === undefined) throw createError('NOT_LOCATED', 'participant');
  return known.participant;
}

/**
 * The invite with a code from outside.
 *
 * @throws NOT_LOCATED
 */
export async function locateInvite(context: Context, code: string): Promise<InviteView> {
  const view = await inviteOfCode(context, code);
  if (view === undefined) throw createError('NOT_LOCATED', 'invite');
  return view;
}

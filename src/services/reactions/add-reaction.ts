import { isSystemMessage, type Message } from '../../domain/message.ts';
import { userProfile } from '../../domain/profile.ts';
import type { Reaction } from '../../domain/reaction.ts';
import type { Thread } from '../../domain/thread.ts';
import { asProvider, type User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { locateMessage } from '../messages/locate-message.ts';
import { assertPermitted } from '../participants/assert-permitted.ts';
import { requireParticipant } from '../participants/require-participant.ts';
import { locateThread } from '../threads/locate.ts';
import { storeReaction } from './store-reaction.ts';

/**
 * Adds a person's reaction to a message.
 *
 * @param text its first emoji is used
 * @throws NOT_PERMITTED, REACTION_INVALID
 */
export async function addReaction(
  context: Context,
  { thread, user, message, text }: { thread: Thread; user: User; message: Message; text: string },
): Promise<Reaction> {
  const { store, events } = context;
  const errorMessage = 'Not authorized to react to that message.';
  const stored = await store.transaction(async (transaction) => {
    const now = await locateThread({ store: transaction }, thread.id);
    await requireParticipant({ store: transaction }, { thread: now, user, errorMessage });
    assertPermitted(!now.locked && !isSystemMessage(message.type), errorMessage);
    const target = await locateMessage({ store: transaction }, now, message.id);
    const owner = asProvider(user);
    const reaction = await storeReaction(context, { store: transaction, message: target, owner, text });
    return { thread: now, message: target, reaction };
  });
  events.emit('ReactionAdded', { ...stored, profile: userProfile(user), silent: false });
  return stored.reaction;
}

/**
 * Removes a person's own reaction. Admins may remove anybody's.
 *
 * @throws NOT_PERMITTED
 */
export async function removeReaction(
  context: Context,
  { thread, user, message, reaction }: { thread: Thread; user: User; message: Message; reaction: Reaction },
): Promise<void> {
  const { store, events, settings } = context;
  const errorMessage = 'Not authorized to remove reaction.';
  const isOwn = reaction.owner.type === 'user' && reaction.owner.id === user.id;
  const isRemoved = await store.transaction(async (transaction) => {
    const now = await locateThread({ store: transaction }, thread.id);
    const me = await requireParticipant({ store: transaction }, { thread: now, user, errorMessage });
    assertPermitted(!now.locked && (isOwn || me.admin), errorMessage);
    assertPermitted(settings().reactionsEnabled, 'Message reactions are currently disabled.');
    return transaction.reactions.delete(reaction.id);
  });
  if (isRemoved) events.emit('ReactionRemoved', { message, reaction });
}

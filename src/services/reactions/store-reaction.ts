import { createError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { isLonger } from '../../domain/characters.ts';
import { findEmojis } from '../../domain/emoji.ts';
import { isSystemMessage, type Message } from '../../domain/message.ts';
import type { Provider } from '../../domain/provider.ts';
import { maxReactionText, type Reaction } from '../../domain/reaction.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';

/**
 * Adds a reaction to a message, inside the caller's transaction.
 *
 * @param text its first emoji is used: a character, a short code or `:)`
 * @throws REACTION_INVALID, NOT_PERMITTED with the original's messages
 */
export async function storeReaction(
  { clock, settings }: Context,
  { store, message, owner, text }: { store: Store; message: Message; owner: Provider; text: string },
): Promise<Reaction> {
  const [emoji] = isLonger(text, maxReactionText) ? [] : findEmojis(text);
  if (emoji === undefined) throw createError('REACTION_INVALID');
  if (isSystemMessage(message.type) || message.archivedAt !== null) {
    throw createError('NOT_PERMITTED', 'Not authorized to react to that message.');
  }
  if (!settings().reactionsEnabled) {
    throw createError('NOT_PERMITTED', 'Message reactions are currently disabled.');
  }
  rejectRepeated(await store.reactions.of(message.id), owner, emoji, settings().reactionsMax);
  const reaction = { id: newId(), messageId: message.id, owner, reaction: emoji, createdAt: clock.now() };
  await store.reactions.insert(reaction);
  return reaction;
}

function rejectRepeated(present: readonly Reaction[], owner: Provider, emoji: string, max: number): void {
  if (present.some((other) => other.reaction === emoji && other.owner.id === owner.id)) {
    throw createError('NOT_PERMITTED', 'You have already used that reaction.');
  }
  const different = new Set(present.map((other) => other.reaction)).add(emoji);
  if (different.size > max) {
    throw createError(
      'NOT_PERMITTED',
      'We appreciate the enthusiasm, but there are already too many reactions on this message.',
    );
  }
}

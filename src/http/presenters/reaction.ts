import type { ReactionView } from '../../services/message-views.ts';
import type { Look } from './look.ts';
import { presentOwner, presentProvider } from './provider.ts';

/** A reaction with who gave it. */
export const presentReaction = ({ reaction, owner }: ReactionView, look: Look) => ({
  id: reaction.id,
  reaction: reaction.reaction,
  message_id: reaction.messageId,
  created_at: reaction.createdAt,
  ...presentOwner(reaction.owner),
  owner: presentProvider(owner, look),
});

/** The reactions to a message by their emoji, in the order in which the emojis came. */
export function presentReactions(views: readonly ReactionView[], look: Look) {
  const data: Record<string, Array<ReturnType<typeof presentReaction>>> = {};
  for (const view of views) {
    const { reaction } = view.reaction;
    data[reaction] = [...(data[reaction] ?? []), presentReaction(view, look)];
  }
  return { data, meta: { total: views.length, total_unique: Object.keys(data).length } };
}

import type { ReactionJson, ReactionsJson } from '../../api/reaction.ts';
import type { ReactionView } from '../../services/messages/message-views.ts';
import { presentOwner } from './person.ts';
import { presentProvider } from './provider.ts';

/** A reaction with who gave it. */
export const presentReaction = ({ reaction, owner }: ReactionView): ReactionJson => ({
  id: reaction.id,
  reaction: reaction.reaction,
  message_id: reaction.messageId,
  created_at: reaction.createdAt,
  ...presentOwner(reaction.owner),
  owner: presentProvider(owner),
});

/** The reactions to a message by their emoji, in the order in which the emojis came. */
export function presentReactions(views: readonly ReactionView[]): ReactionsJson {
  const data: Record<string, ReactionJson[]> = {};
  for (const view of views) {
    const { reaction } = view.reaction;
    data[reaction] = [...(data[reaction] ?? []), presentReaction(view)];
  }
  return { data, meta: { total: views.length, total_unique: Object.keys(data).length } };
}

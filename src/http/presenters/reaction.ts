import type { ReactionJson, ReactionsJson } from '../../api/reaction.ts';
import type { ReactionView } from '../../services/messages/message-views.ts';
import { presentOwner } from './person.ts';
import { presentProvider } from './provider.ts';

/** A reaction, with the person or bot who added it. */
export const presentReaction = ({ reaction, owner }: ReactionView): ReactionJson => ({
  id: reaction.id,
  reaction: reaction.reaction,
  message_id: reaction.messageId,
  created_at: reaction.createdAt,
  ...presentOwner(reaction.owner),
  owner: presentProvider(owner),
});

/** The reactions to a message, grouped by emoji, in the order in which the emojis were first used. */
export function presentReactions(views: readonly ReactionView[]): ReactionsJson {
  const data: Record<string, ReactionJson[]> = {};
  for (const view of views) {
    const { reaction } = view.reaction;
    data[reaction] = [...(data[reaction] ?? []), presentReaction(view)];
  }
  return { data, meta: { total: views.length, total_unique: Object.keys(data).length } };
}

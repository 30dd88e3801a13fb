import { z } from 'zod';
import type { ReactionView } from '../../services/messages/message-views.ts';
import { presentOwner } from './person.ts';
import { presentProvider, providerSchema } from './provider.ts';

/** A reaction with who gave it. */
export const reactionSchema = z
  .object({
    id: z.string(),
    reaction: z.string(),
    message_id: z.string(),
    created_at: z.string(),
    owner_id: z.string(),
    owner_type: z.string(),
    owner: providerSchema,
  })
  .meta({ id: 'Reaction' });

/** The reactions to a message by their emoji. */
export const reactionsSchema = z.object({
  data: z.record(z.string(), z.array(reactionSchema)),
  meta: z.object({ total: z.int(), total_unique: z.int() }),
});

/** A reaction with who gave it. */
export const presentReaction = ({ reaction, owner }: ReactionView): z.output<typeof reactionSchema> => ({
  id: reaction.id,
  reaction: reaction.reaction,
  message_id: reaction.messageId,
  created_at: reaction.createdAt,
  ...presentOwner(reaction.owner),
  owner: presentProvider(owner),
});

/** The reactions to a message by their emoji, in the order in which the emojis came. */
export function presentReactions(views: readonly ReactionView[]): z.output<typeof reactionsSchema> {
  const data: Record<string, Array<z.output<typeof reactionSchema>>> = {};
  for (const view of views) {
    const { reaction } = view.reaction;
    data[reaction] = [...(data[reaction] ?? []), presentReaction(view)];
  }
  return { data, meta: { total: views.length, total_unique: Object.keys(data).length } };
}

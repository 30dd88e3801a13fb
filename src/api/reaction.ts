import { z } from 'zod';
import { isLonger } from '../domain/characters.ts';
import { hasEmoji } from '../domain/emoji.ts';
import { maxReactionText } from '../domain/reaction.ts';
import { runAlways } from '../domain/validation/run-always.ts';
import { text } from '../domain/validation/text.ts';
import { providerSchema } from './provider.ts';

/** A reaction, with the person or bot who added it. */
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
export type ReactionJson = z.output<typeof reactionSchema>;

/** The reactions to a message, grouped by emoji. */
export const reactionsSchema = z.object({
  data: z.record(z.string(), z.array(reactionSchema)),
  meta: z.object({ total: z.int(), total_unique: z.int() }),
});
export type ReactionsJson = z.output<typeof reactionsSchema>;

/** A text with an emoji in it: a character, a short code or `:)`. Too long a text is not searched. */
const reactionField = text(0, maxReactionText).check(
  runAlways(({ value, issues }) => {
    if (typeof value === 'string' && (isLonger(value, maxReactionText) || hasEmoji(value))) return;
    issues.push({ code: 'custom', message: 'The reaction must contain a valid emoji.', input: value });
  }),
);

/** A reaction to a message. */
export const newReactionBody = z.object({ reaction: reactionField });
export type NewReactionBody = z.input<typeof newReactionBody>;

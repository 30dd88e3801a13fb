import { z } from 'zod';
import { InexactNumber } from '../base/exact-json.ts';
import { hasEmoji } from '../domain/emoji.ts';
import { jsonBytes, kilobytes } from '../domain/limits.ts';
import type { MessageExtra } from '../domain/message.ts';
import { maxReactionText } from '../domain/reaction.ts';
import { runAlways } from '../domain/validation/run-always.ts';
import { isLonger, text } from '../domain/validation/text.ts';
import type { Settings } from '../services/context.ts';
import { readJson, UnreadableBody } from './body.ts';

/** An object or a list may come as its JSON, as forms send it. What is none stays as it came, to be refused. */
function readExtra(value: unknown, context: z.core.$RefinementCtx): unknown {
  if (typeof value !== 'string') return value;
  if (value === '') return null;
  try {
    return readJson(Buffer.from(value));
  } catch (error) {
    if (error instanceof UnreadableBody && error.cause instanceof InexactNumber) {
      context.addIssue({
        code: 'custom',
        message: `In the extra field ${error.cause.message}.`,
        input: value,
      });
      return z.NEVER;
    }
    return value;
  }
}

const isExtra = (value: unknown): value is MessageExtra => typeof value === 'object' && value !== null;

/**
 * Any object or list, or the JSON of one.
 *
 * @param limit kilobytes
 */
const extraField = (limit: () => number) => {
  const size = z.superRefine<MessageExtra>((value, context) => {
    if (jsonBytes(value) <= kilobytes(limit())) return;
    const message = `The extra field must not be greater than ${limit()} kilobytes.`;
    context.addIssue({ code: 'custom', message });
  });
  const extra = z.custom<MessageExtra>(isExtra, { error: 'The extra field must be an array.', abort: true });
  return z.preprocess(readExtra, extra.check(size).nullable()).optional();
};

/** What goes with everything that is sent into a thread. */
export const sendingFields = ({ limits }: Settings) => ({
  temporary_id: text(1, 255),
  reply_to_id: z.guid().nullable().optional(),
  extra: extraField(() => limits.extra),
});

/** What goes with a message, in the words of its use case. */
export const sendingOf = (body: {
  temporary_id: string;
  reply_to_id?: string | null | undefined;
  extra?: MessageExtra | null | undefined;
}) => ({
  temporaryId: body.temporary_id,
  replyToId: body.reply_to_id ?? null,
  extra: body.extra ?? null,
});

/** A text with an emoji in it: a character, a short code or `:)`. What is too long is not searched for one. */
export const reactionField = text(0, maxReactionText).check(
  runAlways(({ value, issues }) => {
    if (typeof value === 'string' && (isLonger(value, maxReactionText) || hasEmoji(value))) return;
    issues.push({ code: 'custom', message: 'The reaction must contain a valid emoji.', input: value });
  }),
);

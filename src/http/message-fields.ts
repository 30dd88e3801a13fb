import { z } from 'zod';
import { hasEmoji } from '../domain/emoji.ts';
import type { MessageExtra } from '../domain/message.ts';
import { alongside } from '../domain/validation/alongside.ts';
import { readJson } from './body.ts';
import { text } from './fields.ts';

/** An object or a list may come as its JSON, as forms send it. What is none stays as it came, to be refused. */
function readExtra(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value === '') return null;
  try {
    return readJson(Buffer.from(value));
  } catch {
    return value;
  }
}

const isExtra = (value: unknown): value is MessageExtra => typeof value === 'object' && value !== null;

/** Any object or list, or the JSON of one. */
const extraField = z
  .preprocess(readExtra, z.custom<MessageExtra>(isExtra, 'The extra field must be an array.').nullable())
  .optional();

/** What goes with everything that is sent into a thread. */
export const sendingFields = {
  temporary_id: text(1, 255),
  reply_to_id: z.guid().nullable().optional(),
  extra: extraField,
};

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

/** A text with an emoji in it: a character, a short code or `:)`. */
export const reactionField = z.string().check(
  alongside(({ value, issues }) => {
    if (typeof value === 'string' && hasEmoji(value)) return;
    issues.push({ code: 'custom', message: 'The reaction must contain a valid emoji.', input: value });
  }),
);

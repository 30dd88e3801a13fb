import { z } from 'zod';
import { InexactNumber } from '../base/exact-json.ts';
import { jsonBytes, kilobytes } from '../domain/limits.ts';
import type { MessageExtra } from '../domain/message.ts';
import { text } from '../domain/validation/text.ts';
import { readJson, UnreadableBody } from './json-body.ts';

/** Parses an object or a list sent as JSON text, as forms do. Other texts are kept and rejected later. */
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
 * @param limit in kilobytes
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

/**
 * The fields sent along with everything that is sent into a thread.
 *
 * @param extraLimit in kilobytes
 */
export const sendingFields = (extraLimit: () => number) => ({
  temporary_id: text(1, 255),
  reply_to_id: z.guid().nullable().optional(),
  extra: extraField(extraLimit),
});

import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { withoutByteOrderMark } from '../base/byte-order-mark.ts';
import { type FieldErrors, invalidInput } from '../base/errors.ts';
import { InexactNumber, parseExactJson } from '../base/exact-json.ts';
import { isTooDeep } from '../domain/depth.ts';
import { trim } from '../domain/text.ts';
import { validateFields } from '../domain/validation/validate.ts';
import { mapTexts } from '../domain/well-formed.ts';

/** Why a body cannot be read: answered with its status before anything looks at it. */
export class UnreadableBody extends Error {
  readonly statusCode = 400;
}

/**
 * Reads a body of JSON. An empty one has no fields, as in the original.
 *
 * @throws UnreadableBody
 */
export function readJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new UnreadableBody('The body is not UTF-8.');
  const text = withoutByteOrderMark(bytes.toString('utf8'));
  if (text.trim() === '') return {};
  const body = parse(text);
  if (isTooDeep(body)) throw new UnreadableBody('The body is nested too deeply.');
  return trimmed(body);
}

function parse(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch (cause) {
    if (cause instanceof InexactNumber) throw new UnreadableBody(`In the body ${cause.message}.`, { cause });
    throw new UnreadableBody('The body is not valid JSON.');
  }
}

/**
 * All texts without blanks around them, as the host application of the original hands them on, and as the database
 * keeps them.
 */
export const trimmed = (value: unknown): unknown => mapTexts(value, trim);

/** Texts of a form. Browsers end lines by CRLF there, and a file that is sent as a field may have a byte order mark. */
export const trimmedForm = (value: unknown): unknown =>
  mapTexts(value, (text) => trim(withoutByteOrderMark(text).replaceAll('\r\n', '\n')));

/** The fields of a body by a schema, or what is wrong with which of them. */
export function checkFields<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  body: unknown,
): { values: z.output<z.ZodObject<Shape>> } | { errors: FieldErrors } {
  const checked = validateFields(schema.shape, body);
  return 'errors' in checked ? checked : { values: z.parse(schema, checked.values) };
}

/**
 * The fields of a body by a schema, which is the only source of what they may be.
 *
 * @throws INVALID_INPUT with the sentences by field
 * @example checkedBody(z.object({ enabled: z.boolean() }), { enabled: '1' }) // { enabled: true }
 */
export function checkedBody<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  body: unknown,
): z.output<z.ZodObject<Shape>> {
  const checked = checkFields(schema, body);
  if ('errors' in checked) throw invalidInput(checked.errors);
  return checked.values;
}

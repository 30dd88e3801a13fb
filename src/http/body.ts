import { z } from 'zod';
import { withoutByteOrderMark } from '../base/byte-order-mark.ts';
import { type FieldErrors, invalidInput } from '../base/errors.ts';
import { trim } from '../domain/text.ts';
import { validateFields } from '../domain/validation/validate.ts';
import { mapTexts } from '../domain/well-formed.ts';

/** The texts of a form. Browsers end lines with CRLF, and files sent as fields may have a byte order mark. */
export const trimmedForm = (value: unknown): unknown =>
  mapTexts(value, (text) => trim(withoutByteOrderMark(text).replaceAll('\r\n', '\n')));

/** Checks the fields of a body against a schema. Returns the fields, or the errors by field. */
export function checkFields<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  body: unknown,
): { values: z.output<z.ZodObject<Shape>> } | { errors: FieldErrors } {
  const checked = validateFields(schema.shape, body);
  return 'errors' in checked ? checked : { values: z.parse(schema, checked.values) };
}

/**
 * Checks the fields of a body against a schema, the only source of its rules.
 *
 * @throws INVALID_INPUT with the messages by field
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

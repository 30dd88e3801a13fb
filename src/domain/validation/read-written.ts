import { z } from 'zod';
import { parseExactJson } from '../../base/exact-json.ts';
import { isRecord } from '../../base/is-record.ts';
import { coerceInput, couldAccept, sameValueSchemas } from './coerce.ts';

/**
 * Converts what a person typed for a field on a command line: text stays text where the rule accepts text,
 * anything else is parsed as JSON. The rule decides, not what the text looks like.
 *
 * @example readWritten(z.string(), '12345') // '12345'; for z.number() also '12345', which is read as a number later
 * @example readWritten(z.array(z.string()), '["a"]') // ['a']
 */
export function readWritten(schema: z.core.$ZodType, text: string): unknown {
  const json = parsed(text);
  if (json === undefined) return text;
  if (Array.isArray(json) || isRecord(json)) return couldAccept(schema, json) ? json : text;
  if (typeof json === 'boolean' && acceptsBooleans(schema)) return json;
  return fits(schema, text) || !fits(schema, json) ? text : json;
}

/** Parses a text as JSON; undefined if it is invalid or would lose precision. */
function parsed(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}

/** Checked before the text itself, since `z.coerce.boolean()` would turn the text "false" into true. */
function acceptsBooleans(schema: z.core.$ZodType): boolean {
  const inner = sameValueSchemas(schema._zod.def);
  return inner.length > 0 ? inner.some(acceptsBooleans) : schema._zod.def.type === 'boolean';
}

function fits(schema: z.core.$ZodType, value: unknown): boolean {
  try {
    return z.safeParse(schema, coerceInput(schema, value)).success;
  } catch {
    // What the author's own check throws is reported when the field is checked.
    return false;
  }
}

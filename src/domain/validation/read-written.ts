import { z } from 'zod';
import { parseExactJson } from '../../base/exact-json.ts';
import { coerceInput, couldTake, isRecord, sameValueSchemas } from './coerce.ts';

/**
 * What a person wrote for a field on a command line, in the type that its rule asks for: text where the rule takes
 * the text, otherwise the JSON that it is. How it looks decides nothing.
 *
 * @example readWritten(z.string(), '12345') // '12345'; for z.number() also '12345', which is read as a number later
 * @example readWritten(z.array(z.string()), '["a"]') // ['a']
 */
export function readWritten(schema: z.core.$ZodType, text: string): unknown {
  const json = parsed(text);
  if (json === undefined) return text;
  if (Array.isArray(json) || isRecord(json)) return couldTake(schema, json) ? json : text;
  if (typeof json === 'boolean' && takesBooleans(schema)) return json;
  return fits(schema, text) || !fits(schema, json) ? text : json;
}

/** The JSON of a text; undefined where it is none, or would lose something. */
function parsed(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}

/** Asked before the text itself: `z.coerce.boolean()` would make true of the text "false". */
function takesBooleans(schema: z.core.$ZodType): boolean {
  const inner = sameValueSchemas(schema._zod.def);
  return inner.length > 0 ? inner.some(takesBooleans) : schema._zod.def.type === 'boolean';
}

function fits(schema: z.core.$ZodType, value: unknown): boolean {
  try {
    return z.safeParse(schema, coerceInput(schema, value)).success;
  } catch {
    // What the author's own check throws is told when the field is checked.
    return false;
  }
}

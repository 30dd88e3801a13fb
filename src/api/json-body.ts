import { isUtf8 } from 'node:buffer';
import { withoutByteOrderMark } from '../base/byte-order-mark.ts';
import { InexactNumber, parseExactJson } from '../base/exact-json.ts';
import { isTooDeep } from '../domain/depth.ts';
import { trim } from '../domain/text.ts';
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

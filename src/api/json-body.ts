import { isUtf8 } from 'node:buffer';
import { withoutByteOrderMark } from '../base/byte-order-mark.ts';
import { InexactNumber, parseExactJson } from '../base/exact-json.ts';
import { isTooDeep } from '../domain/depth.ts';
import { trim } from '../domain/text.ts';
import { mapTexts } from '../domain/well-formed.ts';

/** A body that cannot be read. It is answered with its status before any field is checked. */
export class UnreadableBody extends Error {
  readonly statusCode = 400;
}

/**
 * Parses a JSON body. As in the original, an empty body has no fields.
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

/** Trims every text, as the host application of the original does and as the database stores it. */
export const trimmed = (value: unknown): unknown => mapTexts(value, trim);

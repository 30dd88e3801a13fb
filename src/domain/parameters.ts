import { withoutByteOrderMark } from '../base/byte-order-mark.ts';
import { createError } from '../base/errors.ts';
import { InexactNumber, parseExactJson } from '../base/exact-json.ts';
import { isRecord } from '../base/is-record.ts';

/** Parameters of a command line: JSON values, and texts whose type depends on the handler. */
export interface Parameters {
  values: Record<string, unknown>;
  texts: Record<string, string>;
}

/**
 * Parses parameters: JSON objects, `key=value` words, or both. A word overrides an object before it. Any
 * other repetition is an error.
 *
 * @throws WRONG_USE
 * @example parseParameters(['{"replies":["a"]}', 'cooldown=0']) // { values: { replies: ['a'] }, texts: { cooldown: '0' } }
 */
export function parseParameters(words: readonly string[]): Parameters {
  const values = new Map<string, unknown>();
  const texts = new Map<string, string>();
  for (const word of words) {
    const text = word.trim();
    if (text.startsWith('{')) {
      for (const [name, value] of Object.entries(parseObject(text)))
        setOnce(values, name, value, texts.has(name) || values.has(name));
    } else {
      const [name, value] = parseAssignment(word, text);
      setOnce(texts, name, value, texts.has(name));
    }
  }
  return { values: Object.fromEntries(values), texts: Object.fromEntries(texts) };
}

function setOnce<Value>(into: Map<string, Value>, name: string, value: Value, isRepeated: boolean): void {
  if (isRepeated) throw createError('WRONG_USE', `"${name}" is given twice; give it once.`);
  into.set(name, value);
}

function parseAssignment(word: string, text: string): [name: string, value: string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at).trim(), withoutByteOrderMark(text.slice(at + 1))];
  throw createError(
    'WRONG_USE',
    `"${word}" is not a parameter. Use a JSON object like '{"cooldown":0}' or words like cooldown=0.`,
  );
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value = parseExactJson(text);
    return isRecord(value) ? value : {};
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof InexactNumber) throw createError('WRONG_USE', `In the parameters ${reason}.`);
    throw createError(
      'WRONG_USE',
      `The parameters are not a JSON object: ${reason}. Quote them with single quotes.`,
    );
  }
}

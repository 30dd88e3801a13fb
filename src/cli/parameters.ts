import { withoutByteOrderMark } from '../base/byte-order-mark.ts';
import { failure } from '../base/errors.ts';

/**
 * Parameters as they are written on a command line: a JSON object, `key=value` words, or both; later ones win.
 * A value that is JSON (also `true`, `false`, a number, a list) is taken as such, anything else as text.
 *
 * @throws WRONG_USE for a word that is neither
 * @example parseParameters(['cooldown=0', 'triggers=["hi"]']) // { cooldown: 0, triggers: ['hi'] }
 */
export function parseParameters(words: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(words.flatMap((word) => Object.entries(parseWord(word))));
}

function parseWord(word: string): Record<string, unknown> {
  const text = word.trim();
  if (text.startsWith('{')) return parseObject(text);
  const at = text.indexOf('=');
  if (at > 0) return parseAssignment(text.slice(0, at).trim(), withoutByteOrderMark(text.slice(at + 1)));
  throw failure(
    'WRONG_USE',
    `"${word}" is no parameter. Write a JSON object like '{"cooldown":0}' or words like cooldown=0.`,
  );
}

/** Triggers are text even where they look like a number: `triggers=42|43`. A list of them is JSON. */
function parseAssignment(key: string, text: string): Record<string, unknown> {
  const isText = key === 'triggers' && !text.trim().startsWith('[');
  return { [key]: isText ? text : parseValue(text) };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw failure(
      'WRONG_USE',
      `The parameters are no JSON object: ${reason}. Quote them with single quotes.`,
    );
  }
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

import { createError } from '../base/errors.ts';
import { characters } from './characters.ts';
import { trimInvisible } from './invisible.ts';
import { trim } from './text.ts';

/** The longest name in characters, as in the original. */
const maxLength = 255;

/** Control characters, and line and paragraph separators. */
const control = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const controls = new RegExp(control, 'gu');

/** Invisible in a name: ignorable code points, annotation anchors, and the Braille blank. */
const invisible = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800]/gu;

/** Invisible characters that are part of an emoji: */
const emojiPartPatterns = [
  // a joiner between two emojis,
  /(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d(?=\p{Extended_Pictographic})/u,
  // a selector that changes how an emoji is shown,
  /(?<=(?!\p{Emoji_Presentation})\p{Extended_Pictographic})\ufe0f/u,
  /(?<=\p{Emoji_Presentation})\ufe0e/u,
  /(?<=[0-9#*])\ufe0f(?=\u20e3)/u,
  // and the tag letters of a flag.
  /(?<=\p{Extended_Pictographic})[\u{e0020}-\u{e007e}]+\u{e007f}/u,
];
const emojiParts = new RegExp(emojiPartPatterns.map(({ source }) => source).join('|'), 'gu');

/** Removes invisible characters, except those that are part of an emoji. */
function withoutInvisible(text: string): string {
  let seen = '';
  let done = 0;
  for (const { 0: kept, index } of text.matchAll(emojiParts)) {
    seen += text.slice(done, index).replace(invisible, '') + kept;
    done = index + kept.length;
  }
  return seen + text.slice(done).replace(invisible, '');
}

/**
 * The one form in which a name is stored and looked up, so that names that look alike are equal. It is
 * composed (NFC), has no invisible characters, no white space at its ends, and single spaces inside.
 *
 * @example normalName(' Zoe\u0308\u200b  Smith') // 'Zoë Smith'
 */
export function normalName(text: string): string {
  const seen = withoutInvisible(trimInvisible(text.toWellFormed()));
  return trim(seen)
    .replace(/\p{Zs}+/gu, ' ')
    .normalize('NFC');
}

/** Whether a text contains a line break or another control character. */
export const hasControls = (text: string): boolean => control.test(text);

/** Why a text cannot be a name; undefined if it can. */
function nameProblem(text: string): string | undefined {
  const name = normalName(text);
  if (name === '') return 'it has no visible characters';
  if (hasControls(name)) return 'it contains a line break or another control character';
  const length = characters(name);
  return length > maxLength ? `it has ${length} characters, and at most ${maxLength} are allowed` : undefined;
}

/**
 * Returns a person's name in its stored form.
 *
 * @throws NAME_INVALID
 */
export function personName(text: string): string {
  const problem = nameProblem(text);
  if (problem !== undefined) throw createError('NAME_INVALID', shown(text), problem);
  return normalName(text);
}

/**
 * Makes a valid name from one that exists elsewhere and cannot be asked for again. Removes control characters
 * and cuts it if it is too long. Empty when nothing is left.
 */
export function fittingName(text: string): string {
  const printable = normalName(text.replace(controls, ' '));
  return normalName([...printable].slice(0, maxLength).join(''));
}

/** The beginning of an invalid name, on one line, for the message. */
const shown = (text: string): string => {
  const fitting = fittingName(text);
  return fitting.length > 40 ? `${[...fitting].slice(0, 40).join('')}…` : fitting;
};

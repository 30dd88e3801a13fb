import { createError } from '../base/errors.ts';
import { trimInvisible } from './invisible.ts';
import { trim } from './text.ts';
import { characters } from './validation/text.ts';

/** The most characters a name has, as in the original. */
const longest = 255;

/** Control characters, and what ends a line or a paragraph. */
const control = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const controls = new RegExp(control, 'gu');

/** What nobody sees in a name: ignorable code points, anchors of annotations, and the blank of Braille. */
const unseen = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800]/gu;

/** What an emoji is made of, though nobody sees it alone. */
const partsOfEmoji = [
  // A joiner between two emojis,
  /(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d(?=\p{Extended_Pictographic})/u,
  // a selector that changes how one is shown,
  /(?<=(?!\p{Emoji_Presentation})\p{Extended_Pictographic})\ufe0f/u,
  /(?<=\p{Emoji_Presentation})\ufe0e/u,
  /(?<=[0-9#*])\ufe0f(?=\u20e3)/u,
  // and the letters of a flag.
  /(?<=\p{Extended_Pictographic})[\u{e0020}-\u{e007e}]+\u{e007f}/u,
];
const ofEmoji = new RegExp(partsOfEmoji.map(({ source }) => source).join('|'), 'gu');

/** Without what nobody sees, but for what an emoji is made of. */
function withoutUnseen(text: string): string {
  let seen = '';
  let done = 0;
  for (const { 0: kept, index } of text.matchAll(ofEmoji)) {
    seen += text.slice(done, index).replace(unseen, '') + kept;
    done = index + kept.length;
  }
  return seen + text.slice(done).replace(unseen, '');
}

/**
 * A name in the one form in which it is stored and looked for: two that look alike are one. It is composed (NFC),
 * has nothing invisible in it, no white space at its ends, and single spaces inside.
 *
 * @example normalName(' Zoe\u0308\u200b  Smith') // 'Zoë Smith'
 */
export function normalName(text: string): string {
  const seen = withoutUnseen(trimInvisible(text.toWellFormed()));
  return trim(seen)
    .replace(/\p{Zs}+/gu, ' ')
    .normalize('NFC');
}

/** Whether a text has a line break or another control character in it. */
export const hasControls = (text: string): boolean => control.test(text);

/** What keeps a text from being a name; undefined for one that will do. */
function nameProblem(text: string): string | undefined {
  const name = normalName(text);
  if (name === '') return 'it has no character that can be seen';
  if (hasControls(name)) return 'it has a line break or another control character in it';
  const length = characters(name);
  return length > longest ? `it has ${length} characters, and at most ${longest} are allowed` : undefined;
}

/**
 * The name of a person as they are given it.
 *
 * @throws NAME_INVALID
 */
export function personName(text: string): string {
  const problem = nameProblem(text);
  if (problem !== undefined) throw createError('NAME_INVALID', shown(text), problem);
  return normalName(text);
}

/**
 * A name for what has one already elsewhere, where nobody could be asked for another: without its control characters,
 * and cut where it is too long. Empty where nothing is left.
 */
export function fittingName(text: string): string {
  const printable = normalName(text.replace(controls, ' '));
  return normalName([...printable].slice(0, longest).join(''));
}

/** The beginning of a text that cannot be a name, in one line. */
const shown = (text: string): string => {
  const fitting = fittingName(text);
  return fitting.length > 40 ? `${[...fitting].slice(0, 40).join('')}…` : fitting;
};

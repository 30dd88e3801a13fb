import { type Arbitrary, constant, constantFrom, oneof, string, tuple } from 'fast-check';
import { emojiOf, findEmojis } from '../domain/emoji.ts';

/** Delimiters of words, and what looks like one and is none. */
const neighbours = [
  ...[' ', '\n', '\t', '\u00a0', '\u3000', ',', '.', ':', ';', '"', "'"],
  ...['x', '7', '!', '?', '-', '_', 'é', '👋', '\u200b', '\ufeff', '\u0301'],
];

/** What handlers that read the rest of a message stumble over. */
const rests = [
  ...[' ', ' a', ' a b', ' what?', '\nsecond line', ' 0', ' -1', ' 1 6', ' 6 1', ' 1.5', ' 1e999', ' NaN'],
  ...[' 99999999999999999999', ' $&', ' \\', ' %s', ' <b>', ' @all', ' null', ' "', ' [', ' {}'],
  ...[
    ' 👩\u200d👩\u200d👧',
    ' e\u0301',
    ' \u202eabc',
    ' __proto__',
    ' constructor',
    ' ../..',
    ' http://',
    ' :joy:',
  ],
];

/**
 * Texts around the triggers of an action: a trigger itself, with each delimiter and other character beside it, doubled,
 * cut by a character, in other case, as emoji and as short code, with a rest that is empty, long or strange. A failing
 * one shrinks to the trigger alone.
 *
 * @param triggers none for the match `any`
 * @param limit the most characters of a message
 */
export function boundaryTexts(triggers: readonly string[], limit: number): Arbitrary<string> {
  const [first = 'a', ...others] = triggers.length > 0 ? triggers : ['a', 'hello', '👋', '0'];
  const forms = [first, ...others, ...[first, ...others].flatMap(variantsOf)];
  const long = constantFrom(limit, limit - 1, 1_000).map((length) => ` ${'long '.repeat(length / 5)}`);
  const rest = oneof(
    { withCrossShrink: true },
    { weight: 4, arbitrary: constant('') },
    { weight: 4, arbitrary: constantFrom(...rests) },
    { weight: 3, arbitrary: string({ unit: 'grapheme', maxLength: 20 }).map((words) => ` ${words}`) },
    { weight: 1, arbitrary: long },
  );
  return tuple(beside, constantFrom(...forms), beside, rest).map((parts) =>
    [...parts.join('')].slice(0, limit).join(''),
  );
}

const beside = oneof(
  { withCrossShrink: true },
  { weight: 3, arbitrary: constant('') },
  { weight: 1, arbitrary: constantFrom(...neighbours) },
);

function variantsOf(trigger: string): string[] {
  const letters = [...trigger];
  return [
    trigger.toUpperCase(),
    trigger.toLowerCase(),
    `${trigger} ${trigger}`,
    `${trigger}${trigger}`,
    letters.slice(1).join(''),
    letters.slice(0, -1).join(''),
    letters.join('\u200b'),
    ...findEmojis(trigger).flatMap((code) => {
      const emoji = emojiOf(code) ?? code;
      return [trigger.replaceAll(code, emoji), trigger.replaceAll(emoji, code)];
    }),
  ];
}

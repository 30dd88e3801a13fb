import { shortcodeAt } from './emoji.ts';
import { foldCase, withoutSelectors } from './text.ts';

/** A text in the form in which triggers and messages are compared. */
export interface Canonical {
  text: string;
  /**
   * For each code unit of `text`, where its source begins in the original; the last item is the original's
   * length. Null when all positions are the same.
   */
  origins: readonly number[] | null;
}

/** One replacement: the text from `start` to `end` becomes `by`. */
interface Edit {
  start: number;
  end: number;
  by: string;
}

const editsOf = (text: string, piece: string, by: string): Edit[] => {
  const edits: Edit[] = [];
  for (let start = text.indexOf(piece); start !== -1; start = text.indexOf(piece, start + piece.length)) {
    edits.push({ start, end: start + piece.length, by });
  }
  return edits;
};

function shortcodeEdits(text: string, by: (character: string) => string): Edit[] {
  const edits: Edit[] = [];
  for (let start = text.indexOf(':'); start !== -1; ) {
    const found = shortcodeAt(text, start);
    if (found) edits.push({ start, end: found.end, by: by(found.emoji.character) });
    start = text.indexOf(':', found?.end ?? start + 1);
  }
  return edits;
}

function apply({ text, origins }: Canonical, edits: readonly Edit[]): Canonical {
  if (edits.length === 0) return { text, origins };
  const pieces: string[] = [];
  const moved: number[] = [];
  const origin = (index: number): number => origins?.[index] ?? index;
  let done = 0;
  const keepUntil = (end: number): void => {
    pieces.push(text.slice(done, end));
    for (; done < end; done++) moved.push(origin(done));
  };
  for (const { start, end, by } of edits) {
    keepUntil(start);
    pieces.push(by);
    for (let unit = 0; unit < by.length; unit++) moved.push(origin(start));
    done = end;
  }
  keepUntil(text.length);
  moved.push(origin(text.length));
  return { text: pieces.join(''), origins: moved };
}

/**
 * The form of a text used for comparison: without U+FE0F, every known `:shortcode:` as its emoji, and in
 * lower case if `caseless`.
 *
 * Lower-casing comes first, so that `:SMILE:` is a shortcode where case is ignored. The emoji is lower-cased
 * too, because `Ⓜ` (`:m:`) is a letter with a lower-case form. U+FE0F is removed before shortcodes are looked
 * up, so that none is left in the result.
 *
 * @example canonical('Hi :smile:', true).text // 'hi 😄'
 */
export function canonical(original: string, caseless: boolean): Canonical {
  const fold = caseless ? foldCase : (text: string) => text;
  // Half of a surrogate pair is not text and would match half of an emoji. The database stores U+FFFD, too.
  const whole = original.toWellFormed();
  let result: Canonical = { text: whole, origins: null };
  if (caseless) result = apply(result, editsOf(whole, 'İ', foldCase('İ')));
  result = { ...result, text: fold(result.text) };
  result = apply(result, editsOf(result.text, '\ufe0f', ''));
  return apply(
    result,
    shortcodeEdits(result.text, (character) => fold(withoutSelectors(character))),
  );
}

/**
 * Maps a non-empty range of the canonical text to the range of the original that it came from.
 *
 * The range covers whole sources only (all of `:smile:`, all of `İ`) and the U+FE0F after the last one.
 */
export function originalRange(
  { origins }: Canonical,
  start: number,
  end: number,
): { start: number; end: number } {
  if (origins === null) return { start, end };
  let after = end;
  while (after < origins.length && origins[after] === origins[end - 1]) after++;
  return { start: origins[start] ?? start, end: origins[after] ?? end };
}

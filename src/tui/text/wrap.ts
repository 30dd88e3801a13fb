import { graphemes, widthOf } from './width.ts';

/** Scripts without spaces, where a line may break after any character. */
const unspaced = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff01-\uff60\u{20000}-\u{3ffff}]/u;

/** Wraps a text to a width. Only the spaces at line breaks are lost. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, width)));
}

function wrapLine(line: string, width: number): string[] {
  if (widthOf(line) <= width) return [line];
  const lines: string[] = [];
  let current = '';
  let taken = 0;
  const end = () => {
    lines.push(current.trimEnd());
    current = '';
    taken = 0;
  };
  for (const unit of unitsOf(line, width)) {
    const size = widthOf(unit);
    if (taken + size > width && current !== '') end();
    // Spaces at a line break do not start the next line.
    if (current === '' && lines.length > 0 && unit.trim() === '') continue;
    current += unit;
    taken += size;
  }
  if (current !== '') end();
  return lines;
}

/** The pieces between possible line breaks, none wider than the line. */
function unitsOf(line: string, width: number): string[] {
  return line.split(/(\s+)/).flatMap((word) => {
    if (unspaced.test(word)) return graphemes(word);
    return widthOf(word) <= width ? [word] : pieces(word, width);
  });
}

function pieces(word: string, width: number): string[] {
  const found: string[] = [];
  let piece = '';
  let taken = 0;
  for (const grapheme of graphemes(word)) {
    const size = widthOf(grapheme);
    if (taken + size > width && piece !== '') {
      found.push(piece);
      piece = '';
      taken = 0;
    }
    piece += grapheme;
    taken += size;
  }
  return piece === '' ? found : [...found, piece];
}

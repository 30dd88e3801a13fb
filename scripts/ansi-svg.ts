import { widthOf } from '../src/tui/text/width.ts';

const fontSize = 14;
const cell = { width: 8.4, height: 18 };
const margin = 12;
const background = '#15181e';

/** The colours of SGR 30 to 37 and 39. */
const colours = ['#5c6370', '#f07178', '#a5d97b', '#e6c07b', '#7aa2f7', '#c792ea', '#5fd0d0', '#d7dae0'];
const plain = 7;

/** How a piece of text is drawn. */
interface Look {
  colour: number;
  bold?: boolean;
  faint?: boolean;
  italic?: boolean;
  inverse?: boolean;
}

const initial: Look = { colour: plain };

/** What each code of SGR that the full screen uses changes. */
const changes: Readonly<Record<number, Partial<Look>>> = {
  1: { bold: true },
  2: { faint: true },
  3: { italic: true },
  7: { inverse: true },
  22: { bold: false, faint: false },
  23: { italic: false },
  27: { inverse: false },
  39: { colour: plain },
  49: {},
  ...Object.fromEntries(colours.map((_, colour) => [30 + colour, { colour }])),
};

/** @throws an `Error` for a code that is not drawn */
function changed(look: Look, code: number): Look {
  if (code === 0) return initial;
  const change = changes[code];
  if (change === undefined) throw new Error(`The picture cannot show SGR ${code}.`);
  return { ...look, ...change };
}

/** Blanks are made such that SVG keeps more than one. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('  ', '\u00a0 ');

const round = (number: number): number => Math.round(number * 10) / 10;

/** A piece of text in a row, from a column on. */
function drawn(text: string, look: Look, column: number, row: number): string {
  const y = margin + row * cell.height;
  const blanks = text.length - text.trimStart().length;
  const shown = text.trim();
  const place = (start: number) => round(margin + start * cell.width);
  const length = (piece: string) => round(widthOf(piece) * cell.width);
  const box = look.inverse
    ? `<rect x="${place(column)}" y="${y}" width="${length(text)}" height="${cell.height}" fill="${colours[look.colour]}"/>\n`
    : '';
  if (shown === '') return box;
  const fill = look.inverse ? background : colours[look.colour];
  const style = `${look.bold ? ' font-weight="bold"' : ''}${look.italic ? ' font-style="italic"' : ''}${look.faint ? ' opacity=".6"' : ''}`;
  // The length keeps columns in line whatever font is there.
  return `${box}<text x="${place(column + blanks)}" y="${y + fontSize}" fill="${fill}"${style} textLength="${length(shown)}">${escaped(shown)}</text>\n`;
}

/** A row, and the look in which the next one begins. */
function drawnRow(line: string, before: Look, row: number): { svg: string; look: Look } {
  const [first = '', ...others] = line.split('\u001b[');
  let look = before;
  let column = widthOf(first);
  let svg = drawn(first, look, 0, row);
  for (const other of others) {
    const [, codes = '', text = ''] = /^([\d;]*)m(.*)$/.exec(other) ?? [];
    look = codes.split(';').map(Number).reduce(changed, look);
    svg += drawn(text, look, column, row);
    column += widthOf(text);
  }
  return { svg, look };
}

/**
 * A picture of a terminal, from its text with colours as `tmux capture-pane -e` prints it.
 *
 * @param columns how wide the terminal is
 * @throws an `Error` where the text has something that is not drawn
 */
export function ansiToSvg(screen: string, columns: number, title: string): string {
  const lines = screen.replace(/\n+$/, '').split('\n');
  let look = initial;
  const rows = lines.map((line, row) => {
    const drawing = drawnRow(line, look, row);
    look = drawing.look;
    return drawing.svg;
  });
  const width = round(2 * margin + columns * cell.width);
  const height = 2 * margin + lines.length * cell.height;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${fontSize}">
<title>${escaped(title)}</title>
<rect width="${width}" height="${height}" rx="8" fill="${background}"/>
${rows.join('')}</svg>
`;
}

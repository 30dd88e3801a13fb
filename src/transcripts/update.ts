import { type Document, isMap, isNode, isScalar, isSeq, type Node } from 'yaml';
import { createError } from '../base/errors.ts';
import type { Pair } from './align.ts';
import type { Observed } from './observed.ts';
import type { Exchange, Played } from './played.ts';
import { parseYaml } from './read-transcript.ts';
import type { Line, Step } from './transcript.ts';
import { expectedLine, writeLine } from './write-step.ts';
import { quotedText, yamlText } from './yaml-text.ts';

/** A part of a file and what takes its place. */
interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Where an entry of `chat` is in the file. */
interface Entry {
  node: Node;
  /** Where its line begins, where its own text does, and where its last line has ended. */
  start: number;
  content: number;
  end: number;
  /** The column of its dash. */
  column: number;
}

/**
 * Changes what a transcript expects to what was found, and nothing else in the file: expectations that match, also as
 * patterns, and comments stay as they are.
 *
 * @throws TRANSCRIPT_INVALID when its list is not written with one entry on each line
 */
export function updateText(text: string, shown: string, { transcript, exchanges }: Played): string {
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  const { document } = parseYaml(whole, shown);
  const entries = entriesOf(document, whole, shown);
  const entryOf = (step: Step): Entry | undefined => entries[transcript.chat.indexOf(step)];
  const edits = exchanges.flatMap((exchange) => editsOf(exchange, entryOf, whole));
  return applied(whole, edits);
}

/** Applies edits from the end, so that offsets stay right. Of those at one place, the first is the first in the text. */
const applied = (text: string, edits: readonly Edit[]): string =>
  edits
    .map((edit, index) => ({ ...edit, index }))
    .sort((one, other) => other.start - one.start || other.index - one.index)
    .reduce((rest, edit) => rest.slice(0, edit.start) + edit.text + rest.slice(edit.end), text);

function entriesOf(document: Document, text: string, shown: string): Entry[] {
  const chat = document.get('chat', true);
  const nodes = isSeq(chat) ? chat.items.filter(isNode) : [];
  return nodes.map((node) => {
    const [content = 0, valueEnd = 0] = node.range ?? [];
    const start = text.lastIndexOf('\n', content - 1) + 1;
    const [, indent] = /^( *)- +$/.exec(text.slice(start, content)) ?? [];
    if (indent === undefined)
      throw createError(
        'TRANSCRIPT_INVALID',
        shown,
        'Only a list with one entry on each line can be updated',
      );
    return { node, start, content, end: lineEnd(text, valueEnd), column: indent.length };
  });
}

/** The end of the line that contains the character before an offset. */
const lineEnd = (text: string, offset: number): number => text.indexOf('\n', Math.max(0, offset - 1)) + 1;

type EntryOf = (step: Step) => Entry | undefined;

function editsOf({ cause, pairs, silence, found }: Exchange, entryOf: EntryOf, text: string): Edit[] {
  const edits: Edit[] = [];
  const asked = cause?.kind === 'line' ? cause.text : undefined;
  let before = cause && entryOf(cause);
  for (const run of runsOf(pairs)) {
    const expected = run.flatMap((pair) => pair.expected ?? []);
    const news = isMatched(run) ? [] : run.flatMap(({ found }) => (found ? [toBeWritten(found, asked)] : []));
    expected.forEach((line, index) => {
      const entry = entryOf(line);
      const changed = news[index];
      if (entry && !isMatched(run))
        edits.push(changed ? replaced(entry, line, changed, text) : removed(entry));
      before = entry ?? before;
    });
    const place = before;
    if (place) edits.push(...news.slice(expected.length).map((one) => inserted(place, one)));
  }
  const silent = silence && found.length > 0 ? entryOf(silence) : undefined;
  return silent ? [...edits, removed(silent)] : edits;
}

/** What a reaction is about is only worth writing if it is not what was just said. */
const toBeWritten = (found: Observed, asked: string | undefined): Observed =>
  found.verb === 'reacts' && found.to === asked ? { ...found, to: undefined } : found;

const isMatched = ([pair]: readonly Pair[]): boolean =>
  pair?.expected !== undefined && pair.found !== undefined;

/** Each pair that matches by itself, and the others as far as they stand together. */
function runsOf(pairs: readonly Pair[]): Pair[][] {
  const runs: Pair[][] = [];
  let open: Pair[] | undefined;
  for (const pair of pairs) {
    if (isMatched([pair])) open = undefined;
    if (open) open.push(pair);
    else runs.push([pair]);
    if (!isMatched([pair])) open ??= runs.at(-1);
  }
  return runs;
}

const removed = ({ start, end }: Entry): Edit => ({ start, end, text: '' });

const inserted = ({ end, column }: Entry, found: Observed): Edit => ({
  start: end,
  end,
  text: `${' '.repeat(column)}${writeLine(expectedLine(found), { column })}\n`,
});

/** Changes only the text if that is all that differs, so that a comment after it stays. */
function replaced(entry: Entry, line: Line, found: Observed, text: string): Edit {
  const value = valueNode(entry.node, line);
  const written = expectedLine(found);
  if (value && line.who === found.bot && line.verb === found.verb && line.to === undefined) {
    const [start = 0, end = 0] = value.range ?? [];
    const isBlock = text.slice(start, end).endsWith('\n');
    const hasComment = !isBlock && text.slice(end, lineEnd(text, end)).trim() !== '';
    const scalar =
      hasComment && written.text.includes('\n')
        ? quotedText(written.text)
        : yamlText(written.text, entry.column + 4);
    return { start, end, text: isBlock ? `${scalar}\n` : scalar };
  }
  const { start, end, column } = entry;
  return { start, end, text: `${' '.repeat(column)}${writeLine(written, { column })}\n` };
}

/** The node of what somebody says or does, if it is written out. */
function valueNode(node: Node, { text }: Line): Node | undefined {
  const values = isMap(node) ? node.items.map(({ value }) => value) : [];
  return values.findLast(
    (value): value is Node =>
      isScalar(value) && value.value === text && text !== '' && value.anchor === undefined,
  );
}

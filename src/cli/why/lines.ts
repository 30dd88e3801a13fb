import { shownMoment } from '../../base/shown-time.ts';
import { traceRows } from '../../domain/run-trace-text.ts';
import type { ActionVerdict } from '../../domain/verdict.ts';
import { verdictMark, verdictSentence } from '../../domain/verdict-sentence.ts';
import { escapeControls, truncate } from '../text.ts';
import type { Answer } from './question.ts';

/** A paragraph: its text, and how far its lines are indented. */
interface Paragraph {
  text: string;
  first: string;
  rest: string;
}

const paragraph = (text: string, indent = ''): Paragraph => ({ text, first: indent, rest: indent });

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** Longer messages are cut: what matters of them is in the rows. */
const maxBody = 200;

/**
 * An answer for people.
 *
 * @param width columns of the terminal; undefined where nothing is wrapped, as in a pipe
 */
export async function answerLines(answer: Answer, width: number | undefined): Promise<string[]> {
  const { actions, notes } = answer;
  const none = paragraph(`No action is attached in ${answer.thread.name ?? 'this thread'}.`);
  const paragraphs = [
    ...head(answer),
    paragraph(''),
    ...(actions.length > 0 ? actions.flatMap((row) => rowOf(row)) : [none]),
    ...notes.flatMap((note) => [paragraph(''), paragraph(note)]),
  ];
  const safe = paragraphs.map((each) => ({ ...each, text: escapeControls(each.text) }));
  if (width === undefined) return safe.map(({ first, text }) => `${first}${text}`);
  const { wrap } = await import('../../tui/text/wrap.ts');
  return safe.flatMap(({ text, first, rest }) =>
    wrap(text, width - rest.length).map((line, place) => `${place === 0 ? first : rest}${line}`),
  );
}

function head({ message, body, sender, thread }: Answer): Paragraph[] {
  const where = thread.name === null ? 'a private thread' : thread.name;
  const text = paragraph(truncate(oneLine(body), maxBody), '  ');
  if (message === undefined) return [paragraph(`If ${sender} sends this to ${where}:`), text];
  const time = shownMoment(message.createdAt);
  return [paragraph(`${sender} in ${where}, ${time} UTC (${message.id}):`), text];
}

function rowOf(row: ActionVerdict): Paragraph[] {
  const mark = verdictMark(row.verdict, row.run !== null);
  const trigger =
    row.run === null || row.trigger === null ? '' : ` ("${truncate(oneLine(row.trigger), 40)}")`;
  const text = `${row.action.handler} of ${row.bot.name}: ${oneLine(verdictSentence(row))}${trigger}`;
  return [{ text, first: `${mark} `, rest: '  ' }, ...errorOf(row), ...traceOf(row)];
}

/** Where the error happened is only added if its text does not begin with it. */
function errorOf({ error }: ActionVerdict): Paragraph[] {
  if (error === null) return [];
  const lines = error.message.split('\n').slice(0, 6);
  const place = error.at === null || error.message.startsWith(error.at) ? [] : [`at ${error.at}`];
  return [...lines, ...place].map((text) => paragraph(text, '    '));
}

const traceOf = ({ trace }: ActionVerdict): Paragraph[] =>
  trace === null
    ? []
    : traceRows(trace).map((text) => ({ text: oneLine(text), first: '    ', rest: '      ' }));

import type { ActionVerdictJson, MessageJson, RunJson, VerdictsJson } from '../../client/index.ts';
import { traceRows } from '../../domain/run-trace-text.ts';
import { noDetails, verdictCodes } from '../../domain/verdict.ts';
import { verdictMark, verdictSentence } from '../../domain/verdict-sentence.ts';
import { type Line, line, lines } from '../text/line.ts';
import { safe, safeLine } from '../text/width.ts';
import type { Style } from '../theme.ts';
import { clock } from './message-lines.ts';

/** How actions that ran look. Those that matched and did not run are a warning. */
const styles: Partial<Record<ActionVerdictJson['verdict'], Style>> = {
  fired: 'good',
  failed: 'bad',
  timed_out: 'bad',
  running: 'plain',
  waiting_for_retry: 'plain',
};

/** Everything known about a message: its sender, and how each action handled it. */
export function verdictLines(message: MessageJson, verdicts: VerdictsJson | null, width: number): Line[] {
  const head = [
    ...lines(`${safeLine(message.owner.name)}, ${clock(message.created_at)}`, width, 'strong'),
    ...lines(safe(message.body), width, 'quote').slice(0, 3),
    line(''),
  ];
  if (verdicts === null || verdicts.message_id !== message.id) return [...head, line('…', 'faint')];
  const { actions, runs, ignored } = verdicts;
  if (ignored !== null) return [...head, ...lines(ignoredText(ignored), width, 'warning')];
  if (actions.length === 0) return [...head, ...lines('No action is attached here.', width, 'faint')];
  const runOf = new Map(runs.map((run) => [run.action_id, run]));
  const rows = actions.map((row) => ({ row, run: runOf.get(row.action_id) }));
  const ran = rows.flatMap(({ row, run }) => (run ? [...runLines(row, run, width), line('')] : []));
  return [...head, ...ran, ...rows.flatMap(({ row, run }) => (run ? [] : untouchedLines(row, width)))];
}

/** Why bots ignored the message as a whole. A newer daemon may have other reasons. */
function ignoredText(reason: string): string {
  const verdict = verdictCodes.find((code) => code === reason);
  if (verdict === undefined) return safe(reason);
  const text = verdictSentence({ ...noDetails, verdict });
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function runLines(row: ActionVerdictJson, run: RunJson, width: number): Line[] {
  const mark = verdictMark(row.verdict, true);
  const trigger = row.trigger === null ? 'any message' : `"${safeLine(row.trigger)}"`;
  return [
    ...lines(
      `${mark} ${safeLine(row.handler)}: ${safeLine(row.sentence)}`,
      width,
      styles[row.verdict] ?? 'warning',
    ),
    ...lines(`${safeLine(row.bot.name)}, by ${trigger}`, width, 'faint', '  '),
    ...errorLines(row, width),
    ...(row.trace ? traceRows(row.trace).flatMap((text) => lines(safe(text), width, 'plain', '  ')) : []),
    ...payloadLines(run, width),
  ];
}

function errorLines({ error }: ActionVerdictJson, width: number): Line[] {
  if (error === null) return [];
  const stack = error.stack === null ? [] : lines(safe(error.stack), width, 'faint', '    ');
  return [...lines(safe(error.message), width, 'bad', '  '), ...stack.slice(0, 6)];
}

function payloadLines({ payload }: RunJson, width: number): Line[] {
  if (payload === null) return [];
  return lines(safe(JSON.stringify(payload)), width, 'faint', '  ').slice(0, 6);
}

const untouchedLines = (row: ActionVerdictJson, width: number): Line[] => [
  ...lines(`· ${safeLine(row.handler)}: ${safeLine(row.sentence)}`, width, 'faint'),
  ...nearMissLines(row, width),
  ...errorLines(row, width),
];

/** The nearest trigger over the message, with a mark below the first character that differs. */
function nearMissLines({ near_miss: miss }: ActionVerdictJson, width: number): Line[] {
  if (miss === null || miss.trigger === null) return [];
  const lead = '    nearest trigger: ';
  const seen = lines(safeLine(miss.trigger), width, 'strong', lead).slice(0, 2);
  if (miss.reason !== 'different') return seen;
  const found = miss.found === null ? 'the message ends' : `"${safeLine(miss.found)}"`;
  return [
    ...seen,
    ...lines(
      `"${safeLine(miss.expected ?? '')}", here ${found} at ${miss.position}`,
      width,
      'warning',
      '    expected: ',
    ),
  ];
}

/** All that is known, as the API answers it. */
export const rawLines = (verdicts: VerdictsJson | null, width: number): Line[] =>
  lines(safe(JSON.stringify(verdicts, null, 2)), width);

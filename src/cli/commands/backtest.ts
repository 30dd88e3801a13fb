import { type Command, InvalidArgumentError } from 'commander';
import { didYouMean } from '../../base/nearest.ts';
import { parseSpan, spanExamples } from '../../base/span.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { isMatchMethod, type MatchMethod, matchMethods } from '../../domain/match.ts';
import { formatTriggers, splitTriggers } from '../../domain/triggers.ts';
import { type BacktestReport, backtest } from '../../services/backtesting/backtest.ts';
import { groupNamed } from '../../services/users/people.ts';
import { backtestLines } from '../backtest-lines.ts';
import { backtestJson, printJson } from '../json.ts';
import { printLine } from '../print.ts';
import { whileReading } from '../reading.ts';
import { wholeNumber } from '../whole-number.ts';

interface Options {
  match?: MatchMethod;
  triggers?: string[];
  thread?: string;
  since?: number;
  samples: number;
  json?: boolean;
}

/** `messenger backtest hello --triggers "hi|hey"` */
export const define = (command: Command): Command =>
  command
    .argument('<handler|action>', 'class name, alias or file of a handler, or the id of an action')
    .option('--match <method>', 'the match method to try', parseMatch)
    .option('--triggers <list>', 'the triggers to try, separated by | or ,', parseTriggers)
    .option('--thread <name>', 'name or id of the group; by default all groups')
    .option('--since <span>', `only messages that are not older than this, ${spanExamples}`, parseSince)
    .option('--samples <number>', 'how many messages of each kind to show', wholeNumber(0, 1_000), 3)
    .option('--json', 'print the numbers and the samples as JSON')
    .addHelpText(
      'after',
      `
Says on which stored messages a handler would fire that it does not fire on now, and the other way round. Without
--match and --triggers, the file as it is now is compared with what fired at the time. Changes nothing.

Example:
  $ messenger backtest hello --triggers "hello|hi|good morning"
  $ messenger backtest hello --match starts:with:caseless --since 30d
  $ messenger backtest hello`,
    )
    .action(tryOut);

function parseMatch(text: string): MatchMethod {
  if (isMatchMethod(text)) return text;
  const list = matchMethods.join(', ');
  throw new InvalidArgumentError(`It must be one of ${list}.${didYouMean(text, matchMethods)}`);
}

function parseTriggers(text: string): string[] {
  const triggers = splitTriggers(formatTriggers(text));
  if (triggers.length > 0) return triggers;
  throw new InvalidArgumentError('It must have at least one trigger, like "hello|hi".');
}

function parseSince(text: string): number {
  const span = parseSpan(text);
  if (span !== undefined) return span;
  throw new InvalidArgumentError(`It must be a span of time, ${spanExamples}.`);
}

async function tryOut(name: string, options: Options): Promise<void> {
  const report = await reportOn(name, options);
  if (options.json) printJson(backtestJson(report));
  else for (const line of backtestLines(report)) printLine(line);
}

function reportOn(name: string, options: Options): Promise<BacktestReport> {
  const { match, triggers, thread, since, samples } = options;
  return whileReading(findWorkspace(process.cwd()), async (app) =>
    backtest(app, {
      name,
      change: { match, triggers },
      thread: thread === undefined ? undefined : await groupNamed(app, thread),
      within: since,
      samples,
    }),
  );
}

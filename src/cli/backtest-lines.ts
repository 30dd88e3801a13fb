import { shownMinute } from '../base/shown-time.ts';
import type { BacktestedAction, BacktestReport, BacktestSample } from '../services/backtesting/backtest.ts';
import { truncate } from './text.ts';

type Listening = BacktestedAction['after'];

/** The lines that explain a backtest to people. Control characters are not escaped yet. */
export function backtestLines({ target, note, since, actions, total }: BacktestReport): string[] {
  const among = total.messages === 1 ? '1 message' : `${total.messages} messages`;
  const age = since === undefined ? '' : ` since ${shownMinute(since)}`;
  const result = `fires on ${total.more} more, stops on ${total.stops}, of ${among}${age}`;
  const head = actions.length > 1 ? `${target.alias}, ${actions.length} actions: ${result}` : '';
  const notes = note === null ? [] : ['', note];
  if (actions.length === 1) return [`${target.alias}: ${result}.`, ...actions.flatMap(actionLines), ...notes];
  return [`${head}.`, ...actions.flatMap((each) => ['', ownResult(each), ...actionLines(each)]), ...notes];
}

const ownResult = ({ more, stops, messages }: BacktestedAction): string =>
  `fires on ${more} more, stops on ${stops}, of ${messages}`;

function actionLines({ attached, before, after, samples }: BacktestedAction): string[] {
  return [
    `  where   ${attached ? `${attached.bot.name} in ${attached.thread.subject}` : 'all groups; it is attached nowhere'}`,
    `  before  ${typeof before === 'string' ? beforeTexts[before] : listeningText(before)}`,
    `  after   ${listeningText(after)}`,
    ...samples.more.map((sample) => sampleLine('+', sample)),
    ...samples.stops.map((sample) => sampleLine('-', sample)),
  ];
}

const beforeTexts = { runs: 'what fired at the time', nothing: 'nothing' } as const;

const listeningText = ({ match, triggers }: Listening): string =>
  [match, truncate(triggers.join(' | '), 100)].join('  ').trimEnd();

const sampleLine = (sign: string, { createdAt, sender, body, trigger }: BacktestSample): string => {
  const text = truncate(body.replace(/\s+/g, ' '), 60);
  const by = trigger === null ? '' : `  (${truncate(trigger, 20)})`;
  return `  ${sign} ${shownMinute(createdAt)}  ${truncate(sender, 20)}: ${text}${by}`;
};

import {
  type DifferenceLine,
  differenceOf,
  markOf,
  replaySentence,
} from '../../simulate/replay-difference.ts';
import type { ReplayState } from '../state/replay.ts';
import { type Line, line, lines } from '../text/line.ts';
import { safe, safeLine } from '../text/width.ts';
import type { Style } from '../theme.ts';

const styles: Record<DifferenceLine['kind'], Style> = {
  same: 'faint',
  removed: 'bad',
  added: 'good',
  verdict: 'warning',
  problem: 'bad',
};

const ranges = ['the last message', 'the marked message', 'the marked messages'];

/** What bots answered when messages were sent again, beside what they answered before. */
export function replayLines({ isOn, isRunning, marked, last }: ReplayState, width: number): Line[] {
  const what = ranges[marked.length] ?? '';
  const head = isOn
    ? `After each save, ${what} of this group is sent again in a copy of it.`
    : `Replay is off. F5 sends ${what} again after each save, in a copy of the group.`;
  const difference = (last?.messages ?? []).flatMap((message) => [
    ...lines(`${safeLine(message.from)}: ${safeLine(message.body)}`, width, 'strong'),
    ...differenceOf(message).flatMap((each) =>
      lines(safe(each.text), width, styles[each.kind], markOf(each)),
    ),
    line(''),
  ]);
  const result = isRunning ? 'Replaying …' : last === null ? '' : replaySentence(last);
  return [...lines(head, width, 'faint'), line(''), ...difference, ...lines(result, width, 'plain')];
}

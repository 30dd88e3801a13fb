import { Box } from 'ink';
import { hintIn } from '../keys/hints.ts';
import type { State } from '../state/state.ts';
import { type Line, line, lineWidth } from '../text/line.ts';
import { noticeLines } from '../view/notice-lines.ts';
import { promptRowsOf } from '../view/prompt-lines.ts';
import { Rows } from './row.tsx';

/** The notices, and below them the text being written. */
export function Prompt({ state, width, height }: { state: State; width: number; height: number }) {
  const above = aboveText(state, width);
  return (
    <Box flexDirection="column" width={width} flexShrink={0}>
      <Rows lines={above} height={above.length} width={width} />
      <Rows lines={promptRowsOf(state, width, height)} height={height} width={width} />
    </Box>
  );
}

/** The notices; without any, the keys of the prompt. Those of the search are behind it. */
function aboveText(state: State, width: number): readonly Line[] {
  const notices = noticeLines(state);
  const last = notices.at(-1);
  if (last === undefined) return [line(` ${hintIn(state, 'input', width)}`, 'faint')];
  if (state.search === null) return notices;
  const hint = hintIn(state, 'input', width - lineWidth(last) - 1);
  return [...notices.slice(0, -1), [...last, { text: hint && ` · ${hint}`, style: 'faint' }]];
}

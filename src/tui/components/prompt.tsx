import { Box } from 'ink';
import type { State } from '../state/state.ts';
import { line } from '../text/line.ts';
import { noticeLines } from '../view/notice-lines.ts';
import { promptRowsOf } from '../view/prompt-lines.ts';
import { Rows } from './row.tsx';

/** The notices, and below them the text being written. */
export function Prompt({ state, width, height }: { state: State; width: number; height: number }) {
  const notices = noticeLines(state);
  const above = notices.length === 0 ? [line('')] : notices;
  return (
    <Box flexDirection="column" width={width} flexShrink={0}>
      <Rows lines={above} height={above.length} width={width} />
      <Rows lines={promptRowsOf(state, width, height)} height={height} width={width} />
    </Box>
  );
}

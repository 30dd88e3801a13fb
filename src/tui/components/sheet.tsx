import { Box } from 'ink';
import type { Overlay } from '../state/overlay.ts';
import type { State } from '../state/state.ts';
import { sheetOf } from '../view/overlay-lines.ts';
import { Pane } from './pane.tsx';
import { Row } from './row.tsx';

/** Help, palette, form or preview: a panel beside the conversation, or instead of the panes. */
export function Sheet({
  state,
  overlay,
  width,
  height,
}: {
  state: State;
  overlay: Overlay;
  width: number;
  height: number;
}) {
  const { title, lines, hint } = sheetOf(state, overlay, width - 4, height - 2);
  const shown = lines.map((line) => [{ text: '  ' }, ...line]);
  return (
    <Box flexDirection="column" width={width}>
      <Pane title={title} lines={shown} width={width} height={height - 2} isFocused={true} />
      <Row spans={[{ text: `  ${hint}`, style: 'key' }]} />
    </Box>
  );
}

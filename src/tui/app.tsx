import { Box, Text } from 'ink';
import { Prompt } from './components/prompt.tsx';
import { Row } from './components/row.tsx';
import { Sheet } from './components/sheet.tsx';
import { useControllerState } from './hooks/controller.ts';
import { useKeys } from './hooks/input.ts';
import { useMinute } from './hooks/minute.ts';
import { useSize } from './hooks/size.ts';
import { Chat } from './screens/chat.tsx';
import { productTime } from './state/clock.ts';
import { shownSide } from './state/side.ts';
import { isTooSmall, paneRows, promptSize, widths } from './view/sizes.ts';
import { statusLine } from './view/status-line.ts';

/** The full screen: the panes or an overlay, then the prompt and the status line. */
export function App() {
  useKeys();
  useSize();
  const state = useControllerState();
  const now = productTime(state);
  useMinute(now);
  const { size, overlay, pane } = state;
  if (isTooSmall(size)) {
    return <Text>This window is too small for the simulator: it needs 40 columns and 8 rows.</Text>;
  }
  const prompt = promptSize(state);
  const height = paneRows(size.rows, prompt.all - 1);
  const sizes = widths(size, pane, shownSide(state) !== 'bots');
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows - 1}>
      {overlay ? (
        <Sheet state={state} overlay={overlay} width={size.columns} height={height + 1} />
      ) : (
        <Chat state={state} sizes={sizes} height={height} />
      )}
      <Prompt state={state} width={size.columns} height={prompt.text} />
      <Row spans={statusLine(state, new Date(now), size.columns)} />
    </Box>
  );
}

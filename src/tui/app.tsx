import { Box, Text } from 'ink';
import { Prompt } from './components/prompt.tsx';
import { Row } from './components/row.tsx';
import { useControllerState } from './hooks/controller.ts';
import { useKeys } from './hooks/input.ts';
import { useMinute } from './hooks/minute.ts';
import { useSize } from './hooks/size.ts';
import { Chat } from './screens/chat.tsx';
import { productTime } from './state/clock.ts';
import { isTooSmall, promptSize } from './view/sizes.ts';
import { statusLine } from './view/status-line.ts';

/** The full screen: the panes, then the prompt and the status line. */
export function App() {
  useKeys();
  useSize();
  const state = useControllerState();
  const now = productTime(state);
  useMinute(now);
  const { size } = state;
  if (isTooSmall(size)) {
    return <Text>This window is too small for the simulator: it needs 40 columns and 8 rows.</Text>;
  }
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows - 1}>
      <Chat state={state} />
      <Prompt state={state} width={size.columns} height={promptSize(state).text} />
      <Row spans={statusLine(state, new Date(now), size.columns)} />
    </Box>
  );
}

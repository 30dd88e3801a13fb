import { Box, Text } from 'ink';
import { useEffect, useSyncExternalStore } from 'react';
import { markSeen } from './actions/beside.ts';
import { Divider } from './components/pane.tsx';
import { Prompt } from './components/prompt.tsx';
import { Row } from './components/row.tsx';
import { ControllerContext, useController, useControllerState } from './hooks/controller.ts';
import { useKeys } from './hooks/input.ts';
import { useMinute } from './hooks/minute.ts';
import { useSize } from './hooks/size.ts';
import { Chat } from './screens/chat.tsx';
import { productTime } from './state/clock.ts';
import { isTooSmall, promptSize } from './view/sizes.ts';
import { statusLine } from './view/status-line.ts';

/** The full screen: the view of one person, or those of two side by side. */
export function App() {
  const { window } = useController();
  useKeys(window);
  useSize(window);
  const { shown } = useSyncExternalStore(window.subscribe, () => window.views);
  return (
    <Box>
      {shown.map((controller, place) => (
        <ControllerContext.Provider key={place === 0 ? 'left' : 'right'} value={controller}>
          {place > 0 && <Between />}
          <View />
        </ControllerContext.Provider>
      ))}
    </Box>
  );
}

/** The line between two views. */
const Between = () => <Divider height={useControllerState().size.rows - 1} />;

/** What one person sees: the panes, then the prompt and the status line. */
function View() {
  const controller = useController();
  const state = useControllerState();
  const now = productTime(state);
  useMinute(now);
  useEffect(() => void controller.attempt(() => markSeen(controller)), [controller]);
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

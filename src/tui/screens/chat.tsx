import { Box } from 'ink';
import { Fragment, type ReactNode } from 'react';
import { Conversation } from '../components/conversation.tsx';
import { Inspector } from '../components/inspector.tsx';
import { Divider, Pane } from '../components/pane.tsx';
import { Sheet } from '../components/sheet.tsx';
import { hintIn } from '../keys/hints.ts';
import { hasFocus, type State } from '../state/state.ts';
import { hintRoom, shownHeight, shownWidths } from '../view/sizes.ts';
import { threadLines } from '../view/thread-lines.ts';

/** The panes that fit, side by side, and the panel of an overlay. */
export function Chat({ state }: { state: State }) {
  const { threads, conversation, inspector, panel } = shownWidths(state);
  const height = shownHeight(state);
  const panes: Array<{ key: string; pane: ReactNode }> = [];
  if (threads > 0)
    panes.push({ key: 'threads', pane: <Threads state={state} width={threads} height={height} /> });
  if (conversation > 0)
    panes.push({
      key: 'conversation',
      pane: <Conversation state={state} width={conversation} height={height} />,
    });
  if (inspector > 0)
    panes.push({ key: 'inspector', pane: <Inspector state={state} width={inspector} height={height} /> });
  if (state.overlay !== null)
    panes.push({
      key: 'panel',
      pane: <Sheet state={state} overlay={state.overlay} width={panel} height={height + 1} />,
    });
  return (
    <Box height={height + 1}>
      {panes.map(({ key, pane }, place) => (
        <Fragment key={key}>
          {place > 0 && <Divider height={height + 1} />}
          {pane}
        </Fragment>
      ))}
    </Box>
  );
}

function Threads({ state, width, height }: { state: State; width: number; height: number }) {
  const isFocused = hasFocus(state, 'threads');
  const lines = threadLines(state, width, hintRoom(height, isFocused));
  return (
    <Pane
      title="groups"
      lines={lines}
      width={width}
      height={height}
      isFocused={isFocused}
      hint={hintIn(state, 'threads', width)}
    />
  );
}

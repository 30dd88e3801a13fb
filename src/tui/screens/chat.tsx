import { Box } from 'ink';
import { Fragment, type ReactNode } from 'react';
import { Conversation } from '../components/conversation.tsx';
import { Inspector } from '../components/inspector.tsx';
import { Divider, Pane } from '../components/pane.tsx';
import { hintIn } from '../keys/hints.ts';
import type { State } from '../state/state.ts';
import { hintRoom, type Widths } from '../view/sizes.ts';
import { threadLines } from '../view/thread-lines.ts';

/** The panes that fit, side by side. */
export function Chat({ state, sizes, height }: { state: State; sizes: Widths; height: number }) {
  const { threads, conversation, inspector } = sizes;
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
  const isFocused = state.pane === 'threads';
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

import { Box } from 'ink';
import type { ListedThreadJson } from '../../client/index.ts';
import { hasFocus, openThread, type State } from '../state/state.ts';
import { type Line, line } from '../text/line.ts';
import { safeLine } from '../text/width.ts';
import { footerLine } from '../view/footer-line.ts';
import { conversationPane } from '../view/sizes.ts';
import { visibleRows } from '../view/viewport.ts';
import { Pane } from './pane.tsx';
import { Row } from './row.tsx';

/** The visible part of the conversation, and below it who is typing or how many new messages are hidden. */
export function Conversation({ state, width, height }: { state: State; width: number; height: number }) {
  const { conversation, finder } = state;
  const thread = openThread(state);
  const rows = visibleRows(conversation, { ...conversationPane(state), width, height: height - 1 });
  const fill = Array.from({ length: height - 1 - rows.length }, () => line(''));
  const lines = rows.length === 0 ? emptyLines(state) : [...fill, ...rows];
  const title = thread ? threadTitle(thread) : 'no group';
  return (
    <Box flexDirection="column" width={width}>
      <Pane
        title={title}
        lines={lines}
        width={width}
        height={height - 1}
        isFocused={hasFocus(state, 'conversation') && finder === null}
      />
      <Row spans={footerLine(state, width)} />
    </Box>
  );
}

/** A private thread says all the time why no bot answers in it. */
const threadTitle = ({ group, name }: ListedThreadJson): string =>
  group ? `#${safeLine(name)}` : `@${safeLine(name)} · private: bots answer only in groups`;

function emptyLines({ threadId, link }: State): Line[] {
  if (link === 'connecting') return [line('  Connecting …', 'faint')];
  const text =
    threadId === null
      ? 'There is no group yet: /thread new NAME makes one.'
      : 'Nobody has said anything yet.';
  return [line(`  ${text}`, 'faint')];
}

import { Box } from 'ink';
import { hintIn } from '../keys/hints.ts';
import { hasFocus, openThread, type State } from '../state/state.ts';
import { type Line, line } from '../text/line.ts';
import { cut, safeLine } from '../text/width.ts';
import { visibleRows } from '../view/viewport.ts';
import { Pane } from './pane.tsx';
import { Row } from './row.tsx';

/** The visible part of the conversation, and below it who is typing or how many new messages are hidden. */
export function Conversation({ state, width, height }: { state: State; width: number; height: number }) {
  const { conversation, me } = state;
  const thread = openThread(state);
  const rows = visibleRows(conversation, { width, height: height - 1, me });
  const fill = Array.from({ length: height - 1 - rows.length }, () => line(''));
  const lines = rows.length === 0 ? emptyLines(state) : [...fill, ...rows];
  const title = thread ? `#${safeLine(thread.name)}` : 'no group';
  return (
    <Box flexDirection="column" width={width}>
      <Pane
        title={title}
        lines={lines}
        width={width}
        height={height - 1}
        isFocused={hasFocus(state, 'conversation')}
      />
      <Row spans={footer(state, width)} />
    </Box>
  );
}

function emptyLines({ threadId, link }: State): Line[] {
  if (link === 'connecting') return [line('  Connecting …', 'faint')];
  const text =
    threadId === null
      ? 'There is no group yet: /thread new NAME makes one.'
      : 'Nobody has said anything yet.';
  return [line(`  ${text}`, 'faint')];
}

function footer(state: State, width: number): Line {
  const { conversation, typists, threadId } = state;
  const names = typists.filter((typist) => typist.threadId === threadId).map(({ name }) => safeLine(name));
  const typing =
    names.length === 0 ? '' : `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} typing …`;
  const isScrolledUp = conversation.anchor !== null || conversation.detached;
  const unseen = conversation.unseen > 0 ? `↓ ${conversation.unseen} new` : isScrolledUp ? '↓ more' : '';
  const room = Math.max(0, width - unseen.length - 4);
  const text = typing === '' ? ` ${hintIn(state, 'conversation', room)}` : `  ${typing}`;
  return [
    { text: unseen && `  ${unseen}  `, style: 'unread' },
    { text: cut(text, room), style: 'faint' },
  ];
}

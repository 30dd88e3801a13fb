import { Box } from 'ink';
import type { ListedThreadJson } from '../../client/index.ts';
import { hintIn, hintOf } from '../keys/hints.ts';
import { hasFocus, openThread, type State } from '../state/state.ts';
import { type Line, line, lineWidth } from '../text/line.ts';
import { cut, safeLine } from '../text/width.ts';
import { finderLine } from '../view/finder-line.ts';
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
      <Row spans={footer(state, width)} />
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

function footer(state: State, width: number): Line {
  const unseen = unseenText(state.conversation);
  const left: Line = [{ text: unseen && `  ${unseen}  `, style: 'unread' }];
  const room = Math.max(0, width - lineWidth(left));
  return [
    ...left,
    ...(state.finder
      ? finderLine(state.finder, (columns) => (columns < minHint ? '' : hintOf(state, columns)), room)
      : typingLine(state, room)),
  ];
}

/** The hint of the search is left out where less than two keys fit. */
const minHint = 30;

function unseenText({ anchor, detached, unseen }: State['conversation']): string {
  if (unseen > 0) return `↓ ${unseen} new`;
  return anchor !== null || detached ? '↓ more' : '';
}

function typingLine(state: State, width: number): Line {
  const { typists, threadId } = state;
  const names = typists.filter((typist) => typist.threadId === threadId).map(({ name }) => safeLine(name));
  const typing =
    names.length === 0 ? '' : `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} typing …`;
  const text = typing === '' ? ` ${hintIn(state, 'conversation', width)}` : `  ${typing}`;
  return line(cut(text, width), 'faint');
}

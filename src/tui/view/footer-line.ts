import { hintIn, hintOf } from '../keys/hints.ts';
import { readers } from '../state/members.ts';
import type { State } from '../state/state.ts';
import { type Line, line, lineWidth } from '../text/line.ts';
import { cut, safeLine } from '../text/width.ts';
import { finderLine } from './finder-line.ts';

/** The row below a conversation: whether there is more below, then the search, who is typing, the keys, or who has read it. */
export function footerLine(state: State, width: number): Line {
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
  const text = typing === '' ? ` ${hintIn(state, 'conversation', width) || readText(state)}` : `  ${typing}`;
  return line(cut(text, width), 'faint');
}

/** Who has read the newest message. */
function readText(state: State): string {
  const names = readers(state).map(safeLine);
  const shown = names.length > 4 ? [...names.slice(0, 3), `and ${names.length - 3} others`] : names;
  return names.length === 0 ? '' : ` read by ${shown.join(', ')}`;
}

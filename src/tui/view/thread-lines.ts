import type { ListedThreadJson } from '../../client/index.ts';
import { hasFocus, type State } from '../state/state.ts';
import { threadPlace } from '../state/thread-list.ts';
import { justified, type Line } from '../text/line.ts';
import { safeLine } from '../text/width.ts';
import { type ListWindow, listWindow, windowLines } from './list-window.ts';

/** The part of the list of threads that fits into a height. */
const threadWindow = (state: State, height: number): ListWindow =>
  listWindow(
    { count: state.threads.length, cursor: threadPlace(state), total: state.threadPages.total },
    height,
  );

/** The thread in a row of the list. */
export function threadAt(state: State, height: number, row: number): ListedThreadJson | undefined {
  const { from, to, above } = threadWindow(state, height);
  const place = from + row - Number(above > 0);
  return place >= from && place < to ? state.threads[place] : undefined;
}

/** The rows of the list of threads, and how many there are above and below. */
export function threadLines(state: State, width: number, height: number): Line[] {
  const chosen = threadPlace(state);
  return windowLines(state.threads, threadWindow(state, height), (thread, place) =>
    threadLine(state, thread, { width, isChosen: hasFocus(state, 'threads') && place === chosen }),
  );
}

/** The row of a thread: name, unread messages, who is typing, number of bots. */
function threadLine(
  state: State,
  thread: ListedThreadJson,
  { width, isChosen }: { width: number; isChosen: boolean },
): Line {
  const isOpen = thread.id === state.threadId;
  const types = state.typists.some(({ threadId }) => threadId === thread.id);
  const bots = isOpen ? state.bots.length : 0;
  const style = isChosen ? 'chosen' : thread.unread ? 'unread' : isOpen ? 'strong' : 'plain';
  const left: Line = [
    { text: isOpen ? '▸ ' : '  ' },
    { text: `${thread.group ? '#' : '@'}${safeLine(thread.name)}`, style },
  ];
  const right: Line = [
    { text: types ? '… ' : '', style: 'faint' },
    { text: bots > 0 ? `◆${bots} ` : '', style: 'bot' },
    { text: thread.unread && !isOpen ? String(thread.unread_count || '•') : '', style: 'unread' },
  ];
  return justified(
    left,
    right.filter(({ text }) => text !== ''),
    width,
  );
}

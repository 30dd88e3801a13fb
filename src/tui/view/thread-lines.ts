import type { State } from '../state/state.ts';
import { justified, type Line } from '../text/line.ts';
import { safeLine } from '../text/width.ts';

/** The rows of the list of threads: name, unread messages, who is typing, number of bots. */
export function threadLines(state: State, width: number, height: number): Line[] {
  const top = Math.max(0, Math.min(state.threadCursor - height + 1, state.threads.length - height));
  return state.threads.slice(top, top + height).map((thread, place): Line => {
    const isOpen = thread.id === state.threadId;
    const isChosen = state.pane === 'threads' && state.threadCursor === top + place;
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
  });
}

import type { Pane as PaneName, State } from '../state/state.ts';

/** How wide each pane is; 0 for one that is not shown. */
export interface Widths {
  threads: number;
  conversation: number;
  inspector: number;
}

/** What is shown where there is room for it. */
const steps = { three: 120, two: 80, one: 40 };

/** The least rows in which anything can be done. */
const leastRows = 8;

export const isTooSmall = ({ columns, rows }: State['size']): boolean =>
  columns < steps.one || rows < leastRows;

/**
 * Three panes from 120 columns, two from 80, one below. Of two the conversation is one, and the inspector takes
 * the place of the threads while somebody is in it or a message is looked at.
 */
export function widths({ columns }: State['size'], pane: PaneName, isLooking: boolean): Widths {
  if (columns >= steps.three) {
    const inspector = Math.min(56, Math.floor(columns * 0.3));
    return { threads: 28, inspector, conversation: columns - 28 - inspector - 2 };
  }
  if (columns >= steps.two) {
    const inspects = pane === 'inspector' || (isLooking && pane !== 'threads');
    const side = inspects ? Math.floor(columns * 0.42) : 24;
    const conversation = columns - side - 1;
    return inspects
      ? { threads: 0, conversation, inspector: side }
      : { threads: side, conversation, inspector: 0 };
  }
  const none = { threads: 0, conversation: 0, inspector: 0 };
  if (pane === 'threads') return { ...none, threads: columns };
  if (pane === 'inspector') return { ...none, inspector: columns };
  return { ...none, conversation: columns };
}

/** The rows of the prompt: as many as its text has, up to five. */
export const promptRows = (lines: number): number => Math.max(1, Math.min(5, lines));

/** The rows the panes have between their titles and the prompt. One row stays free, else Ink clears the screen. */
export const paneRows = (rows: number, prompt: number): number => Math.max(1, rows - 1 - prompt - 3);

/** The pane of the conversation as it is now. */
export function conversationPane(state: State): { width: number; height: number; me: string | null } {
  const { size, pane, conversation, editor, me } = state;
  const all = widths(size, pane, conversation.selected !== null);
  const lines = promptLines(editor.characters);
  return { width: all.conversation || size.columns, height: paneRows(size.rows, promptRows(lines)) - 1, me };
}

/** How many lines the text in the prompt has. */
export const promptLines = (characters: readonly string[]): number =>
  characters.filter((character) => character === '\n').length + 1;

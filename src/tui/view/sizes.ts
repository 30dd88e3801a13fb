import { markOf } from '../state/finder.ts';
import { shownSide } from '../state/side.ts';
import { hasFocus, type Pane as PaneName, type State } from '../state/state.ts';
import { noticeLines } from './notice-lines.ts';
import { shownText } from './prompt-lines.ts';
import type { Pane } from './viewport.ts';

/** The width of each pane; 0 if it is not shown. */
export interface Widths {
  threads: number;
  conversation: number;
  inspector: number;
  /** The panel of an overlay. */
  panel: number;
}

const none: Widths = { threads: 0, conversation: 0, inspector: 0, panel: 0 };

/** The minimum columns for each number of panes. */
const steps = { three: 120, two: 80, one: 40 };

/** The minimum columns for a panel beside the conversation, and for the groups beside both. */
const panelSteps = { three: 160, two: 100 };

/** No panel is wider. */
const maxPanel = 84;

/** The minimum number of rows. */
const minRows = 8;

export const isTooSmall = ({ columns, rows }: State['size']): boolean =>
  columns < steps.one || rows < minRows;

/**
 * Three panes from 120 columns, two from 80, one below. With two, one is the conversation. The other is the
 * side pane while it has the focus or shows something else than the bots, and otherwise the list of threads.
 */
export function widths({ columns }: State['size'], pane: PaneName, showsSide: boolean): Widths {
  if (columns >= steps.three) {
    const inspector = Math.min(56, Math.floor(columns * 0.3));
    return { ...none, threads: 28, inspector, conversation: columns - 28 - inspector - 2 };
  }
  if (columns >= steps.two) {
    const inspects = pane === 'inspector' || (showsSide && pane !== 'threads');
    const side = inspects ? Math.floor(columns * 0.42) : 24;
    const conversation = columns - side - 1;
    return inspects ? { ...none, conversation, inspector: side } : { ...none, threads: side, conversation };
  }
  if (pane === 'threads') return { ...none, threads: columns };
  if (pane === 'inspector') return { ...none, inspector: columns };
  return { ...none, conversation: columns };
}

/** The panel of an overlay beside the conversation, so that one sees what one answers to; alone where it is narrow. */
function panelWidths(columns: number): Widths {
  if (columns < panelSteps.two) return { ...none, panel: columns };
  const threads = columns >= panelSteps.three ? 28 : 0;
  const room = columns - 1 - (threads > 0 ? threads + 1 : 0);
  const panel = Math.min(maxPanel, Math.floor(room * 0.52));
  return { ...none, threads, conversation: room - panel, panel };
}

/** The widths of what is shown now. */
export const shownWidths = (state: State): Widths =>
  state.overlay === null
    ? widths(state.size, state.pane, shownSide(state) !== 'bots')
    : panelWidths(state.size.columns);

/** The rows of the panes now, without their titles. */
export const shownHeight = (state: State): number => paneRows(state.size.rows, promptSize(state).all - 1);

/** The rows of the prompt: one for each line of its text, up to five. */
export const promptRows = (lines: number): number => Math.max(1, Math.min(5, lines));

/** The rows of the panes, without titles and prompt. One row stays free, otherwise Ink clears the screen. */
export const paneRows = (rows: number, prompt: number): number => Math.max(1, rows - 1 - prompt - 3);

/** The rows of the text in the prompt, and of all below the panes but the status line. */
export function promptSize(state: State): { text: number; all: number } {
  const fitting = Math.max(1, Math.floor((state.size.rows - 5) / 2));
  const text = Math.min(promptRows(promptLines(shownText(state).characters)), fitting);
  return { text, all: text + Math.max(1, noticeLines(state).length) };
}

/** The rows of a pane besides its hint, which it has while it has the focus. */
export const hintRoom = (height: number, isFocused: boolean): number =>
  isFocused ? Math.max(1, height - 1) : height;

/** The current size of what the side pane shows. */
export function sideSize(state: State): { width: number; height: number } {
  const width = (shownWidths(state).inspector || state.size.columns) - 2;
  return { width, height: hintRoom(shownHeight(state), hasFocus(state, 'inspector')) };
}

/** The current size of what an overlay shows, without its title and its hint. */
export const sheetSize = (state: State): { width: number; height: number } => ({
  width: (shownWidths(state).panel || state.size.columns) - 4,
  height: shownHeight(state) - 1,
});

/** The current size of the conversation's pane, and what is shown in it. */
export const conversationPane = (state: State): Pane => ({
  width: shownWidths(state).conversation || state.size.columns,
  height: shownHeight(state) - 1,
  me: state.me,
  mark: state.finder ? markOf(state.finder) : undefined,
});

/** The number of lines of the text in the prompt. */
export const promptLines = (characters: readonly string[]): number =>
  characters.filter((character) => character === '\n').length + 1;

import type { State } from '../state/state.ts';
import type { Place } from '../terminal/paint.ts';
import { type Line, lineWidth } from '../text/line.ts';
import { footerLine } from './footer-line.ts';
import { layoutOf } from './layout.ts';
import { noticeLines } from './notice-lines.ts';
import { sheetOf } from './overlay-lines.ts';
import { promptRowsOf } from './prompt-lines.ts';
import { isTooSmall, promptSize, sheetSize } from './sizes.ts';

/**
 * Where the text cursor is: in the field of a form, in what a list, the conversation or the history is searched for, or
 * in the prompt. Null where keys write no text.
 */
export function cursorOf(state: State): Place | null {
  if (isTooSmall(state.size)) return null;
  if (state.overlay !== null) return inPanel(state, state.overlay);
  return state.finder === null ? inPrompt(state) : inFooter(state);
}

function inPanel(state: State, overlay: NonNullable<State['overlay']>): Place | null {
  const { width, height } = sheetSize(state);
  const left = layoutOf(state).get('panel')?.left ?? 0;
  return cursorIn(sheetOf(state, overlay, width, height).lines, { row: 1, column: left + 2 });
}

function inFooter(state: State): Place | null {
  const area = layoutOf(state).get('conversation');
  return area ? cursorIn([footerLine(state, area.width)], { row: area.height - 1, column: area.left }) : null;
}

/** The search in the history has its text among the notices. */
function inPrompt(state: State): Place | null {
  const { text, all } = promptSize(state);
  const top = layoutOf(state).get('input')?.top ?? 0;
  return (
    cursorIn(noticeLines(state), { row: top + text - all, column: 0 }) ??
    cursorIn(promptRowsOf(state, state.size.columns, text), { row: top, column: 0 })
  );
}

/** Where the cursor is in lines whose first begins at a place. */
function cursorIn(lines: readonly Line[], start: Place): Place | null {
  for (const [row, spans] of lines.entries()) {
    const at = spans.findIndex(({ style }) => style === 'cursor');
    if (at !== -1) return { row: start.row + row, column: start.column + lineWidth(spans.slice(0, at)) };
  }
  return null;
}

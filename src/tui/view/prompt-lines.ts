import { receivesKeys } from '../state/beside.ts';
import { type Editor, editorOf, textOf } from '../state/editor.ts';
import { foundText } from '../state/recall.ts';
import { hasFocus, type State } from '../state/state.ts';
import { cutLine, type Line, lineWidth } from '../text/line.ts';
import { graphemes } from '../text/width.ts';
import { editorLines, windowAround } from './editor-lines.ts';
import { promptLead } from './status-line.ts';

/** The text that the prompt shows: what is being written, or what a search has found, with the cursor there. */
export function shownText(state: State): Pick<Editor, 'characters' | 'cursor'> {
  if (state.search === null || state.search.place === 0) return state.editor;
  const text = foundText(state);
  const at = text.toLowerCase().indexOf(textOf(state.search.query).toLowerCase());
  return { ...editorOf(text), cursor: graphemes(text.slice(0, Math.max(0, at))).length };
}

/** The rows of the prompt: the speaker and the group, and the text with its cursor. */
export function promptRowsOf(state: State, width: number, height: number): Line[] {
  const lead = cutLine(promptLead(state), Math.max(8, Math.floor(width / 2)));
  const indent = lineWidth(lead);
  const isWriting = receivesKeys(state) && hasFocus(state, 'input');
  const texts = editorLines(shownText(state), isWriting, height);
  return texts.map((text, place): Line => {
    const begin: Line = place === 0 ? lead : [{ text: ' '.repeat(indent) }];
    const shown = windowAround(text, width - indent - 1);
    return [...begin, ...(state.search === null ? shown : marked(shown))];
  });
}

/** A line whose cursor is a mark, since the cursor itself is somewhere else. */
const marked = (spans: Line): Line =>
  spans.map((span) => (span.style === 'cursor' ? { ...span, style: 'chosen' } : span));

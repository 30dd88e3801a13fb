import { clear, type Editor, editorOf, emptyEditor } from './editor.ts';
import type { State } from './state.ts';

/** What the text in the prompt is for, unless it is a new message. */
export type Draft = { kind: 'reply' | 'edit'; messageId: string; about: string } | null;

/** A place in the history of inputs: 0 is the text being written, 1 the newest input. */
interface Recalling {
  readonly place: number;
  /** The texts that were left at other places, with their changes. */
  readonly left: Readonly<Record<number, Editor>>;
}

/** What is in the prompt. Each person has one in each group. */
export interface Unsent {
  readonly editor: Editor;
  readonly draft: Draft;
  /** Whether its text was put there and not typed, such as that of a message to edit. */
  readonly begun: boolean;
  readonly recalling: Recalling | null;
  /** What was being written before something else was begun. It comes back afterwards. */
  readonly aside: Unsent | null;
  /** What was given up last, and the text in which undo brings it back. */
  readonly dropped: { readonly at: Editor['characters']; readonly unsent: Unsent } | null;
}

export const blank: Unsent = {
  editor: emptyEditor,
  draft: null,
  begun: false,
  recalling: null,
  aside: null,
  dropped: null,
};

export const unsentOf = ({ editor, draft, begun, recalling, aside, dropped }: Unsent): Unsent => ({
  editor,
  draft,
  begun,
  recalling,
  aside,
  dropped,
});

/** Whether nothing that a person wrote would be lost with it. */
function isUntouched({ editor, draft, begun, recalling }: Unsent): boolean {
  if (Object.values(recalling?.left ?? {}).some(({ past }) => past.length > 0)) return false;
  if (editor.characters.length === 0) return draft === null;
  return begun && editor.past.length === 0 && (recalling?.place ?? 0) === 0;
}

/** Begins something else in the prompt. What was being written is set aside. */
export function begin(state: State, text: string, draft: Draft = null): State {
  const aside = isUntouched(state) ? state.aside : unsentOf(state);
  const begun = { ...blank, editor: editorOf(text), draft, begun: true, aside };
  return { ...state, ...begun, pane: 'input', completion: null };
}

/** Makes what is being written a reply. The text of an edited message is not part of it. */
export function beginReply(state: State, draft: NonNullable<Draft>): State {
  const base = state.draft?.kind === 'edit' ? withUnsent(state, afterEdit(state)) : state;
  return { ...base, draft, pane: 'input' };
}

const afterEdit = (state: Unsent): Unsent =>
  isUntouched(state) ? (state.aside ?? blank) : { ...blank, aside: unsentOf(state) };

const withUnsent = (state: State, unsent: Unsent): State => ({
  ...state,
  ...unsentOf(unsent),
  completion: null,
});

/** Gives up what was begun, and brings back what was set aside. Undo returns to it. */
export function giveUp(state: State): State {
  const next = state.aside ?? blank;
  if (isUntouched(state)) return withUnsent(state, next);
  const editor: Editor = { ...next.editor, run: null };
  return withUnsent(state, {
    ...next,
    editor,
    dropped: { at: editor.characters, unsent: unsentOf(state) },
  });
}

/** Empties the prompt. Undo brings the text back. */
export const clearPrompt = (state: State): State => ({
  ...state,
  editor: clear(state.editor),
  completion: null,
});

/** What undo brings back as a whole, if the text is the one in which it was given up. */
export const undropped = ({ dropped, editor }: Unsent): Unsent | undefined =>
  dropped?.at === editor.characters ? dropped.unsent : undefined;

/** The prompt after its text was sent. A command leaves a reply or an edit as it is. */
export function afterSending(state: Unsent, isCommand: boolean): Unsent {
  if (isCommand && state.draft !== null) return { ...blank, draft: state.draft, aside: state.aside };
  const next = state.aside ?? blank;
  const { place = 0, left = {} } = state.recalling ?? {};
  const written = place === 0 ? undefined : left[0];
  if (written === undefined || written.characters.length === 0) return next;
  return { ...next, dropped: { at: next.editor.characters, unsent: { ...blank, editor: written } } };
}

/** Who writes where. */
type Place = Pick<State, 'me' | 'threadId'>;

const keyOf = ({ me, threadId }: Place): string => `${me} ${threadId}`;

/** Changes the speaker or the group. Each person has a text of their own in each group. */
export function switchPlace(state: State, to: Partial<Place>): State {
  const { me, threadId } = { ...state, ...to };
  if (me === state.me && threadId === state.threadId) return state;
  const moved = { ...state, me, threadId, search: null, toasts: [] };
  // What was typed before a group was open belongs to the first one.
  if (state.me === null || state.threadId === null) return moved;
  const { [keyOf(moved)]: next = blank, ...others } = state.unsent;
  if (isTypedAhead(state)) return { ...moved, ...ahead(state, next), unsent: others };
  const left = isUntouched(state) ? state.aside : unsentOf(state);
  return { ...withUnsent(moved, next), unsent: left ? { ...others, [keyOf(state)]: left } : others };
}

/** Whether the text was typed after the line that is running, which may go to another group. */
const isTypedAhead = ({ running, editor }: State): boolean =>
  running !== null && running !== editor.characters && editor.characters.length > 0;

const ahead = (state: State, next: Unsent): Unsent => ({
  ...unsentOf(state),
  aside: isUntouched(next) ? next.aside : next,
});

/**
 * Puts a text that could not be sent back where it was written, without replacing what was typed since.
 *
 * @param left what was in the prompt after the text was taken from it
 */
export function restore(state: State, place: Place, failed: Unsent, left: Unsent | null): State {
  if (keyOf(place) === keyOf(state)) return withUnsent(state, joined(unsentOf(state), failed, left));
  const now = state.unsent[keyOf(place)] ?? blank;
  return { ...state, unsent: { ...state.unsent, [keyOf(place)]: joined(now, failed, left) } };
}

/** A text that failed before what was left after it, or behind what was typed since. */
function joined(now: Unsent, failed: Unsent, left: Unsent | null): Unsent {
  if (now.editor.characters === left?.editor.characters || now.editor.characters.length === 0)
    return { ...failed, aside: isUntouched(now) ? now.aside : now };
  return { ...now, aside: now.aside === null ? failed : joined(now.aside, failed, left) };
}

import type { Choice } from '../../simulate/session.ts';
import type { Controller } from '../controller.ts';
import type { Editor } from './editor.ts';
import type { Form } from './form.ts';
import type { State } from './state.ts';

/** A list with a search field. */
export interface Picker {
  kind: 'picker';
  title: string;
  query: Editor;
  index: number;
  choices: readonly PickerChoice[];
}

/** A choice that runs its line, or does what a key does. */
export interface PickerChoice extends Choice {
  run?: (controller: Controller) => unknown;
}

/** What is shown instead of the panes. It receives the keys until it is closed. */
export type Overlay =
  | Picker
  /** The help comes over another overlay, which is there again afterwards. */
  | { kind: 'help'; top: number; over?: Overlay }
  | { kind: 'form'; form: Form }
  /** A question that Enter confirms. */
  | { kind: 'preview'; title: string; rows: readonly string[]; line: string };

/** Opens the help. */
export function withHelp(state: State): State {
  const { overlay } = state;
  if (overlay?.kind === 'help') return state;
  return { ...state, overlay: { kind: 'help', top: 0, ...(overlay && { over: overlay }) } };
}

/** The choices that contain all words of the query, in any order. Those that start with it come first. */
export function matches(picker: Picker, query: string): PickerChoice[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = picker.choices.filter(({ label, detail }) => {
    const text = `${label} ${detail}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const [first = ''] = words;
  const begins = ({ label }: PickerChoice) => {
    const text = label.toLowerCase();
    return text.startsWith(first) || text.replace(/^[/#]/, '').startsWith(first);
  };
  return [...fitting.filter(begins), ...fitting.filter((choice) => !begins(choice))];
}

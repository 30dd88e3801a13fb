import type { Choice } from '../../simulate/session.ts';
import type { Editor } from './editor.ts';
import type { Form } from './form.ts';

/** A list with a search field. */
export interface Picker {
  kind: 'picker';
  title: string;
  query: Editor;
  index: number;
  choices: readonly Choice[];
}

/** What is shown instead of the panes. It receives the keys until it is closed. */
export type Overlay =
  | Picker
  | { kind: 'help'; top: number }
  | { kind: 'form'; form: Form }
  /** A question that Enter confirms. */
  | { kind: 'preview'; title: string; rows: readonly string[]; line: string };

/** The choices that contain all words of the query, in any order. Those that start with it come first. */
export function matches(picker: Picker, query: string): Choice[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = picker.choices.filter(({ label, detail }) => {
    const text = `${label} ${detail}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const [first = ''] = words;
  const begins = ({ label }: Choice) => {
    const text = label.toLowerCase();
    return text.startsWith(first) || text.replace(/^[/#]/, '').startsWith(first);
  };
  return [...fitting.filter(begins), ...fitting.filter((choice) => !begins(choice))];
}

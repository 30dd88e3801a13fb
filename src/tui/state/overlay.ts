import type { Editor } from './editor.ts';
import type { Form } from './form.ts';

/** One thing that can be chosen. */
export interface Choice {
  label: string;
  detail: string;
  /** What choosing it does: the line is run as if it had been typed. */
  line: string;
}

/** A list in which something is looked for and chosen. */
export interface Picker {
  kind: 'picker';
  title: string;
  query: Editor;
  index: number;
  choices: readonly Choice[];
}

/** What stands over the panes: it gets the keys until it is closed. */
export type Overlay =
  | Picker
  | { kind: 'help'; top: number }
  | { kind: 'form'; form: Form }
  /** A question that Enter answers with yes. */
  | { kind: 'preview'; title: string; rows: readonly string[]; line: string };

/** The choices that fit what is looked for: all of its words, in any order; those that begin so come first. */
export function found(picker: Picker, query: string): Choice[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = picker.choices.filter(({ label, detail }) => {
    const text = `${label} ${detail}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const begins = ({ label }: Choice) =>
    label
      .replace(/^[/#]/, '')
      .toLowerCase()
      .startsWith(words[0] ?? '');
  return [...fitting.filter(begins), ...fitting.filter((choice) => !begins(choice))];
}

import type { Controller } from '../controller.ts';
import type { State } from '../state/state.ts';

/** A slash command. Completion, palette, help and docs are generated from the table of them. */
export interface Command {
  name: string;
  /** The arguments as shown in the help; empty if there are none. */
  usage: string;
  summary: string;
  /** The completions of the current word. `before` has the words in front of it. */
  choices?: (state: State, before: readonly string[]) => readonly string[];
  run: (controller: Controller, rest: string) => unknown;
}

/** The first word of a text, and the rest. */
export function firstWord(text: string): [string, string] {
  const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(text.trim()) ?? [];
  return [word, rest];
}

/** Shows which argument is missing. */
export const missing = (controller: Controller, what: string): void => controller.toast(what, 'bad');

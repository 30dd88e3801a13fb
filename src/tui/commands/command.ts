import type { Controller } from '../controller.ts';
import type { State } from '../state/state.ts';

/** Something that is typed with a slash before it. The table of them makes completion, palette, help and docs. */
export interface Command {
  name: string;
  /** What follows the name, as it stands in the help; empty where nothing does. */
  usage: string;
  summary: string;
  /** What Tab puts in for the word being written; the words before it are given. */
  choices?: (state: State, before: readonly string[]) => readonly string[];
  run: (controller: Controller, rest: string) => unknown;
}

/** The first word of a text and what follows it. */
export function firstWord(text: string): [string, string] {
  const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(text.trim()) ?? [];
  return [word, rest];
}

/** Says what a command needs. */
export const missing = (controller: Controller, what: string): void => controller.toast(what, 'bad');

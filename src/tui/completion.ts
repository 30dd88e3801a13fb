import { commands } from '../simulate/table.ts';
import { actionsOf } from '../simulate/visible-actions.ts';
import type { Controller } from './controller.ts';
import { editorOf, textOf } from './state/editor.ts';
import type { State } from './state/state.ts';

/** Completes the text; called again, it shows the next choice. Does nothing without choices. */
export function complete(controller: Controller): void {
  const { completion, editor } = controller.state;
  const choices = completion?.choices ?? choicesFor(controller.state, textOf(editor));
  const index = completion ? (completion.index + 1) % choices.length : 0;
  if (choices.length > 0) put(controller, choices, index);
}

function put(controller: Controller, choices: readonly string[], index: number): void {
  const text = choices[index] ?? '';
  // A single choice is final. Among several, Tab shows the next one.
  const completion = choices.length > 1 ? { choices, index } : null;
  controller.store.set({ editor: editorOf(completion ? text : `${text} `), completion });
}

/** All texts that a text can be completed to. */
function choicesFor(state: State, text: string): string[] {
  const slash = /^\/(\S*)$/.exec(text)?.[1];
  if (slash !== undefined)
    return startingWith(
      commands.map(({ name }) => name),
      slash,
    ).map((name) => `/${name}`);
  const { head, name, middle, word } = parts(text);
  const words = name === undefined ? namesAndTriggers(state) : argumentsOf(state, name, middle);
  return startingWith(words, word).map((choice) => head + choice);
}

/** Splits a line into the part before its last word, its command, the words in between, and its last word. */
function parts(text: string): { head: string; name: string | undefined; middle: string; word: string } {
  const [, head = '', word = ''] = /^(.*?)(\S*)$/s.exec(text) ?? [];
  const [, name, middle = ''] = /^\/(\S+)\s+(.*)$/s.exec(head) ?? [];
  return { head, name, middle, word };
}

const argumentsOf = (state: State, name: string, middle: string): readonly string[] =>
  commands.find((command) => command.name === name)?.choices?.(state, middle.split(/\s+/).filter(Boolean)) ??
  [];

/** Words that messages often contain: participants' names and the triggers of bots. */
function namesAndTriggers({ participants, bots }: State): string[] {
  const triggers = bots.flatMap((bot) => actionsOf(bot).flatMap(({ triggers }) => triggers));
  return [
    ...new Set([
      ...participants.map(({ owner }) => owner.name),
      ...bots.map(({ name }) => name),
      ...triggers,
    ]),
  ];
}

function startingWith(words: readonly string[], start: string): string[] {
  const lower = start.toLowerCase();
  return words
    .filter((word) => word.toLowerCase().startsWith(lower) && (lower !== '' || words.length < 50))
    .sort();
}

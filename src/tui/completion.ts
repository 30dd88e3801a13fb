import { commands } from '../simulate/table.ts';
import { actionsOf } from '../simulate/visible-actions.ts';
import type { Controller } from './controller.ts';
import { fileNames } from './file-names.ts';
import { changed, type Editor, textOf } from './state/editor.ts';
import type { Completion, State } from './state/state.ts';
import { graphemes } from './text/width.ts';

/** What a text can be completed to: the words that may stand behind `head`. */
interface Offer {
  head: string;
  words: readonly string[];
  /** What follows the only choice. */
  end: string;
}

/** Completes the text before the cursor; called again, it shows the next choice. Does nothing without choices. */
export function complete(controller: Controller): void | Promise<void> {
  const { completion, editor } = controller.state;
  if (completion) {
    put(controller, { ...completion, index: (completion.index + 1) % completion.choices.length });
    return;
  }
  const text = textOf({ characters: editor.characters.slice(0, editor.cursor) });
  const file = fileArgument(controller.state, text);
  if (file === undefined) offer(controller, editor, offerFor(controller.state, text));
  else return offerFiles(controller, editor, file);
}

/** Names of files are read from the disk. What is typed meanwhile counts more. */
async function offerFiles(controller: Controller, editor: Editor, { head, typed, words }: FileArgument) {
  const names = await fileNames(typed);
  if (controller.state.editor !== editor) return;
  const others = startingWith(words, typed);
  offer(controller, editor, { head, words: [...others, ...names], end: '' });
}

function offer(controller: Controller, editor: Editor, { head, words, end }: Offer): void {
  const [first, ...others] = words;
  if (first === undefined) return;
  // A single choice is final. Among several, Tab shows the next one.
  if (others.length === 0)
    controller.store.set({ editor: withText(editor, `${head}${first}${end}`), completion: null });
  else put(controller, { head, choices: words, index: 0, before: editor });
}

const put = (controller: Controller, completion: Completion): void =>
  controller.store.set({
    editor: withText(completion.before, completion.head + (completion.choices[completion.index] ?? '')),
    completion,
  });

/** A text with another one before its cursor. */
function withText(editor: Editor, text: string): Editor {
  const before = graphemes(text);
  const characters = [...before, ...editor.characters.slice(editor.cursor)];
  return changed(editor, { characters, cursor: before.length });
}

interface FileArgument {
  head: string;
  typed: string;
  /** What the command takes instead of a file. */
  words: readonly string[];
}

/** The name of a file that a command is given. It may have blanks in it. */
function fileArgument(state: State, text: string): FileArgument | undefined {
  const [, head = '', name = '', typed = ''] = /^(\/(\S+)\s+)(.*)$/s.exec(text) ?? [];
  const command = commands.find((each) => each.name === name);
  if (command?.takesFile !== true) return undefined;
  return { head, typed, words: command.choices?.(state, []) ?? [] };
}

/** All words that the last word of a text can be completed to. */
function offerFor(state: State, text: string): Offer {
  const slash = /^\/(\S*)$/.exec(text)?.[1];
  const names = commands.map(({ name }) => name);
  if (slash !== undefined)
    return { head: '', words: startingWith(names, slash).map((name) => `/${name}`), end: ' ' };
  const { head, name, middle, word } = parts(text);
  const words = name === undefined ? namesAndTriggers(state) : argumentsOf(state, name, middle);
  return { head, words: startingWith(words, word), end: ' ' };
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

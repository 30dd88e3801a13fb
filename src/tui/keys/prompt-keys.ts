import { runInTurn } from '../actions/in-turn.ts';
import { clearSelection } from '../actions/reading.ts';
import { runLine } from '../actions/run-line.ts';
import { type Taken, takeText } from '../actions/sending.ts';
import { complete } from '../completion.ts';
import type { Controller } from '../controller.ts';
import { textOf } from '../state/editor.ts';
import {
  beginSearch,
  endSearch,
  goDown,
  goUp,
  inputsOf,
  recall,
  recallAt,
  searchOn,
  takeFound,
} from '../state/recall.ts';
import type { State } from '../state/state.ts';
import { clearPrompt, giveUp } from '../state/unsent.ts';
import type { Binding } from './binding.ts';

const isEmpty = ({ editor }: State): boolean => editor.characters.length === 0;
const hasText = (state: State): boolean => !isEmpty(state);
const hasInputs = (state: State): boolean => inputsOf(state).length > 0;
const isRecalled = ({ recalling }: State): boolean => (recalling?.place ?? 0) > 0;
const hasLines = ({ editor }: State): boolean => editor.characters.includes('\n');

const update =
  (change: (state: State) => State) =>
  ({ store }: Controller) =>
    store.update(change);

async function send(controller: Controller): Promise<void> {
  if (textOf(controller.state.editor).trim() === '') return;
  const taken = takeText(controller);
  await runInTurn(controller, () => runTaken(controller, taken));
}

async function runTaken(controller: Controller, taken: Taken): Promise<void> {
  controller.store.set({ running: taken.left?.editor.characters ?? null });
  try {
    await runLine(controller, taken.text, taken);
  } finally {
    controller.store.set({ running: null });
  }
}

/**
 * Goes back one step: from a completion, an earlier input, an edit, a reply, a selection, what was begun by a key, or
 * the written text. Undo brings a text back.
 */
function stepBack(controller: Controller): void {
  const { state, store } = controller;
  const { completion, draft, conversation, aside } = state;
  if (completion) store.set({ editor: completion.before, completion: null });
  else if (isRecalled(state)) store.update((now) => recallAt(now, 0));
  else if (draft?.kind === 'edit') store.update(giveUp);
  else if (draft) store.set({ draft: null });
  else if (aside) store.update(giveUp);
  else if (conversation.selected !== null) clearSelection(controller);
  else store.update(clearPrompt);
}

const canStepBack = (state: State): boolean =>
  state.draft !== null ||
  state.aside !== null ||
  state.conversation.selected !== null ||
  isRecalled(state) ||
  hasText(state);

/** Keys of the prompt, besides those of every text. */
export const promptKeys: readonly Binding[] = [
  {
    keys: ['enter'],
    modes: ['input'],
    shown: 'Enter',
    help: 'send the text, or run the command',
    hint: 'send',
    when: hasText,
    run: send,
  },
  {
    keys: ['tab'],
    modes: ['input'],
    shown: 'Tab',
    help: 'complete',
    hint: 'complete',
    when: hasText,
    run: complete,
  },
  {
    keys: ['up'],
    modes: ['input'],
    shown: '↑',
    help: 'previous line, or previous input',
    hint: 'earlier',
    when: (state) => hasInputs(state) || hasLines(state),
    run: update(goUp),
  },
  {
    keys: ['down'],
    modes: ['input'],
    shown: '↓',
    help: 'next line, or next input',
    when: (state) => isRecalled(state) || hasLines(state),
    run: update(goDown),
  },
  {
    keys: ['ctrl+p'],
    modes: ['input'],
    shown: 'Ctrl+P',
    help: 'previous input',
    when: hasInputs,
    run: update((state) => recall(state, 1)),
  },
  {
    keys: ['ctrl+n'],
    modes: ['input'],
    shown: 'Ctrl+N',
    help: 'next input',
    when: isRecalled,
    run: update((state) => recall(state, -1)),
  },
  {
    keys: ['ctrl+r'],
    modes: ['input'],
    shown: 'Ctrl+R',
    help: 'search what you wrote before',
    hint: 'search',
    when: hasInputs,
    run: update(beginSearch),
  },
  {
    keys: ['ctrl+r', 'up'],
    modes: ['history'],
    shown: 'Ctrl+R or ↑',
    help: 'next older input',
    hint: 'older',
    run: update((state) => searchOn(state, 1)),
  },
  {
    keys: ['ctrl+s', 'down'],
    modes: ['history'],
    shown: 'Ctrl+S or ↓',
    help: 'next newer input',
    run: update((state) => searchOn(state, -1)),
  },
  {
    keys: ['enter', 'tab'],
    modes: ['history'],
    shown: 'Enter',
    help: 'take it',
    hint: 'take it',
    run: update(takeFound),
  },
  {
    keys: ['escape', 'ctrl+g'],
    modes: ['history'],
    shown: 'Esc',
    help: 'back to what you were writing',
    hint: 'back',
    run: update(endSearch),
  },
  {
    keys: ['escape'],
    modes: ['input'],
    shown: 'Esc',
    help: 'step back',
    hint: 'step back',
    when: canStepBack,
    run: stepBack,
  },
  {
    keys: ['ctrl+d'],
    modes: ['input'],
    shown: 'Ctrl+D',
    help: 'quit, if the prompt is empty',
    when: isEmpty,
    run: (controller) => controller.leave(),
  },
];

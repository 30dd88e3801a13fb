import { runInTurn } from '../actions/in-turn.ts';
import { openPalette } from '../actions/palette.ts';
import { speakAs } from '../actions/people.ts';
import { clearSelection } from '../actions/reading.ts';
import { recallInput } from '../actions/recalling.ts';
import { runLine } from '../actions/run-line.ts';
import { takeText } from '../actions/sending.ts';
import { complete } from '../completion.ts';
import type { Controller } from '../controller.ts';
import { emptyEditor, textOf } from '../state/editor.ts';
import { type SideView, toggleSide, withSide } from '../state/side.ts';
import type { Pane, State } from '../state/state.ts';
import { type Binding, type Mode, sideModes } from './binding.ts';
import { overlayKeys } from './overlay-keys.ts';
import { paneKeys } from './pane-keys.ts';

const panes: readonly Pane[] = ['input', 'threads', 'conversation', 'inspector'];
const everywhere: readonly Mode[] = ['input', 'threads', 'conversation', ...sideModes];
const isEmpty = ({ editor }: State): boolean => editor.characters.length === 0;

const toPane = (by: number) => (controller: Controller) =>
  controller.store.update((state) => {
    const pane = panes[(panes.indexOf(state.pane) + by + panes.length) % panes.length];
    return pane ? { ...state, pane, completion: null } : state;
  });

async function send(controller: Controller): Promise<void> {
  if (textOf(controller.state.editor).trim() === '') return;
  const text = takeText(controller);
  await runInTurn(controller, () => runLine(controller, text));
}

/** Goes back one step: cancels the draft, the selection, or the written text. */
function stepBack(controller: Controller): void {
  const { draft, conversation } = controller.state;
  if (draft) controller.store.set({ draft: null });
  else if (conversation.selected !== null) clearSelection(controller);
  else controller.store.set({ editor: emptyEditor, completion: null, recalled: 0 });
}

const person = (place: number): Binding => ({
  keys: [`ctrl+${place}`, `alt+${place}`],
  modes: everywhere,
  shown: `Alt+${place}`,
  help: `speak as the ${ordinals[place - 1]} of you`,
  when: ({ people }) => people.length > 1 && people.length >= place,
  run: (controller) => {
    const name = controller.state.people[place - 1]?.name;
    return name && controller.attempt(() => speakAs(controller, name));
  },
});

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];

const showSide = (side: SideView) => (controller: Controller) =>
  controller.store.update((state) => withSide(state, side));

const openHelp = (controller: Controller): void =>
  controller.store.set({ overlay: { kind: 'help', top: 0 } });

/** All keys. If two bindings match, the first one is used. */
export const keymap: readonly Binding[] = [
  {
    keys: ['enter'],
    modes: ['input'],
    shown: 'Enter',
    help: 'send the text, or run the command',
    when: (state) => !isEmpty(state),
    run: send,
  },
  {
    keys: ['tab'],
    modes: ['input'],
    shown: 'Tab',
    help: 'complete',
    when: (state) => !isEmpty(state),
    run: complete,
  },
  {
    keys: ['up'],
    modes: ['input'],
    shown: '↑',
    help: 'previous input',
    when: hasHistory,
    run: (controller) => recallInput(controller, 1),
  },
  {
    keys: ['down'],
    modes: ['input'],
    shown: '↓',
    help: 'next input',
    when: ({ recalled }) => recalled > 0,
    run: (controller) => recallInput(controller, -1),
  },
  { keys: ['escape'], modes: ['input'], shown: 'Esc', help: 'step back', when: canStepBack, run: stepBack },
  ...overlayKeys,
  ...paneKeys,
  { keys: ['tab'], modes: everywhere, shown: 'Tab', help: 'next pane', run: toPane(1) },
  { keys: ['shift+tab'], modes: everywhere, shown: 'Shift+Tab', help: 'previous pane', run: toPane(-1) },
  { keys: ['ctrl+o'], modes: everywhere, shown: 'Ctrl+O', help: 'all actions', run: openPalette },
  { keys: ['f2'], modes: everywhere, shown: 'F2', help: 'show the bots', run: showSide('bots') },
  {
    keys: ['f4'],
    modes: everywhere,
    shown: 'F4',
    help: 'show or hide the output of handlers',
    run: ({ store }) => store.update((state) => toggleSide(state, 'log')),
  },
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(person),
  {
    keys: ['?'],
    modes: everywhere.filter((mode) => mode !== 'input'),
    shown: '?',
    help: 'help',
    run: openHelp,
  },
  { keys: ['f1', 'ctrl+?'], modes: everywhere, shown: 'F1 or Ctrl+?', help: 'help', run: openHelp },
  {
    keys: ['ctrl+c'],
    modes: [...everywhere, 'picker', 'form', 'help', 'preview'],
    shown: 'Ctrl+C',
    help: 'quit',
    run: (controller) => controller.options.exit(130),
  },
  {
    keys: ['ctrl+d'],
    modes: ['input'],
    shown: 'Ctrl+D',
    help: 'quit, if the prompt is empty',
    when: isEmpty,
    run: (controller) => controller.options.exit(0),
  },
];

function hasHistory({ histories, me }: State): boolean {
  return (histories[me ?? '']?.length ?? 0) > 0;
}

function canStepBack(state: State): boolean {
  return state.draft !== null || state.conversation.selected !== null || !isEmpty(state);
}

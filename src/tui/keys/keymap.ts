import { complete } from '../commands/completion.ts';
import { runLine } from '../commands/table.ts';
import type { Desk } from '../desk.ts';
import { inTurn } from '../effects/in-turn.ts';
import { openPalette } from '../effects/palette.ts';
import { speakAs } from '../effects/people.ts';
import { lookAway } from '../effects/reading.ts';
import { recall } from '../effects/recalling.ts';
import { takeText } from '../effects/writing.ts';
import { emptyEditor, textOf } from '../state/editor.ts';
import type { Pane, State } from '../state/state.ts';
import type { Binding, Mode } from './binding.ts';
import { overlayKeys } from './overlay-keys.ts';
import { paneKeys } from './pane-keys.ts';

const panes: readonly Pane[] = ['input', 'threads', 'conversation', 'inspector'];
const everywhere: readonly Mode[] = panes;
const isEmpty = ({ editor }: State): boolean => editor.characters.length === 0;

const toPane = (by: number) => (desk: Desk) =>
  desk.store.update((state) => {
    const pane = panes[(panes.indexOf(state.pane) + by + panes.length) % panes.length];
    return pane ? { ...state, pane, completion: null } : state;
  });

async function send(desk: Desk): Promise<void> {
  if (textOf(desk.state.editor).trim() === '') return;
  const text = takeText(desk);
  await inTurn(desk, () => runLine(desk, text));
}

/** Goes back by one step: the draft, what is looked at, what is written. */
function stepBack(desk: Desk): void {
  const { draft, conversation } = desk.state;
  if (draft) desk.store.set({ draft: null });
  else if (conversation.selected !== null) lookAway(desk);
  else desk.store.set({ editor: emptyEditor, completion: null, recalled: 0 });
}

const person = (place: number): Binding => ({
  keys: [`ctrl+${place}`, `alt+${place}`],
  modes: everywhere,
  shown: `Alt+${place}`,
  help: `speak as the ${ordinals[place - 1]} of you`,
  when: ({ people }) => people.length > 1 && people.length >= place,
  run: (desk) => {
    const name = desk.state.people[place - 1]?.name;
    return name && desk.attempt(() => speakAs(desk, name));
  },
});

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];

const openHelp = (desk: Desk): void => desk.store.set({ overlay: { kind: 'help', top: 0 } });

/** Every key. Of two that fit, the first one counts. */
export const keymap: readonly Binding[] = [
  {
    keys: ['enter'],
    modes: ['input'],
    shown: 'Enter',
    help: 'send it, or do the command',
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
    help: 'what you said before',
    when: hasSaid,
    run: (desk) => recall(desk, 1),
  },
  {
    keys: ['down'],
    modes: ['input'],
    shown: '↓',
    help: 'what you said after',
    when: ({ recalled }) => recalled > 0,
    run: (desk) => recall(desk, -1),
  },
  { keys: ['escape'], modes: ['input'], shown: 'Esc', help: 'step back', when: canStepBack, run: stepBack },
  ...overlayKeys,
  ...paneKeys,
  { keys: ['tab'], modes: everywhere, shown: 'Tab', help: 'the next pane', run: toPane(1) },
  { keys: ['shift+tab'], modes: everywhere, shown: 'Shift+Tab', help: 'the pane before', run: toPane(-1) },
  {
    keys: ['ctrl+k'],
    modes: everywhere,
    shown: 'Ctrl+K',
    help: 'everything that can be done',
    run: openPalette,
  },
  {
    keys: ['ctrl+l'],
    modes: everywhere,
    shown: 'Ctrl+L',
    help: 'what handlers print',
    run: (desk) => runLine(desk, '/logs'),
  },
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(person),
  {
    keys: ['?'],
    modes: ['threads', 'conversation', 'inspector'],
    shown: '?',
    help: 'this help',
    run: openHelp,
  },
  {
    keys: ['?'],
    modes: ['input'],
    shown: '?',
    help: 'this help, from an empty prompt',
    when: isEmpty,
    run: openHelp,
  },
  { keys: ['f1'], modes: everywhere, shown: 'F1', help: 'this help', run: openHelp },
  {
    keys: ['ctrl+c'],
    modes: [...everywhere, 'picker', 'form', 'help', 'preview'],
    shown: 'Ctrl+C',
    help: 'leave',
    run: (desk) => desk.options.exit(130),
  },
  {
    keys: ['ctrl+d'],
    modes: ['input'],
    shown: 'Ctrl+D',
    help: 'leave, from an empty prompt',
    when: isEmpty,
    run: (desk) => desk.options.exit(0),
  },
];

function hasSaid({ histories, me }: State): boolean {
  return (histories[me ?? '']?.length ?? 0) > 0;
}

function canStepBack(state: State): boolean {
  return state.draft !== null || state.conversation.selected !== null || !isEmpty(state);
}

import { switchBeside } from '../actions/beside.ts';
import { openPalette } from '../actions/palette.ts';
import { openPeople, speakAs } from '../actions/people.ts';
import { toggleReplay } from '../actions/replaying.ts';
import type { Controller } from '../controller.ts';
import { withHelp } from '../state/overlay.ts';
import { shownSide, toggleSide, withSide } from '../state/side.ts';
import type { Pane, State } from '../state/state.ts';
import { type Binding, everywhere, overlays, paneMode, reading } from './binding.ts';
import { botKeys } from './bot-keys.ts';
import { editingKeys } from './editing-keys.ts';
import { finderKeys, openFinderKey } from './finder-keys.ts';
import { helpKeys } from './help-keys.ts';
import { logKeys } from './log-keys.ts';
import { overlayKeys } from './overlay-keys.ts';
import { paneKeys } from './pane-keys.ts';
import { peopleKeys } from './people-keys.ts';
import { promptKeys } from './prompt-keys.ts';

const panes: readonly Pane[] = ['input', 'threads', 'conversation', 'inspector'];

const toPane = (by: number) => (controller: Controller) =>
  controller.store.update((state) => {
    const pane = panes[(panes.indexOf(state.pane) + by + panes.length) % panes.length];
    return pane ? { ...state, pane, completion: null } : state;
  });

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

/** Shows the bots and gives them the keys, or gives the keys back to the prompt. */
const toBots = ({ store }: Controller): void =>
  store.update((state) =>
    paneMode(state) === 'bots'
      ? { ...state, pane: 'input' }
      : { ...withSide(state, 'bots'), pane: 'inspector', completion: null },
  );

const isAtPeople = (state: State): boolean => state.pane === 'inspector' && shownSide(state) === 'people';

const leavePeople = ({ store }: Controller): void =>
  store.update((state) => ({ ...withSide(state, 'bots'), pane: 'input' }));

const openHelp = ({ store }: Controller): void => store.update(withHelp);

/** All keys. If two bindings match, the first one is used. */
export const keymap: readonly Binding[] = [
  ...promptKeys,
  ...overlayKeys,
  ...helpKeys(() => keymap),
  ...finderKeys,
  ...peopleKeys,
  ...botKeys,
  ...logKeys,
  ...paneKeys,
  { keys: ['tab'], modes: everywhere, shown: 'Tab', help: 'next pane', hint: 'next pane', run: toPane(1) },
  { keys: ['shift+tab'], modes: everywhere, shown: 'Shift+Tab', help: 'previous pane', run: toPane(-1) },
  {
    keys: ['ctrl+o'],
    modes: everywhere,
    shown: 'Ctrl+O',
    help: 'all actions',
    hint: 'all actions',
    run: (controller) => openPalette(controller, keymap),
  },
  openFinderKey,
  { keys: ['f2'], modes: everywhere, shown: 'F2', help: 'go to the bots, or back', run: toBots },
  {
    keys: ['f3'],
    modes: everywhere,
    shown: 'F3',
    help: 'go to the people of this group, or back',
    run: (controller) => (isAtPeople(controller.state) ? leavePeople(controller) : openPeople(controller)),
  },
  {
    keys: ['f4'],
    modes: everywhere,
    shown: 'F4',
    help: 'show or hide the output of handlers',
    run: ({ store }) => store.update((state) => toggleSide(state, 'log')),
  },
  {
    keys: ['f5'],
    modes: everywhere,
    shown: 'F5',
    help: 'replay after each save, or no longer',
    run: toggleReplay,
  },
  {
    keys: ['f6'],
    modes: [...everywhere, 'history', ...overlays],
    shown: 'F6',
    help: 'two people side by side, then from one to the other',
    when: ({ overlay, beside }) => overlay === null || beside !== null,
    run: switchBeside,
  },
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(person),
  { keys: ['?'], modes: reading, shown: '?', help: 'help', run: openHelp },
  {
    keys: ['f1', 'ctrl+?', 'ctrl+shift+?', 'ctrl+shift+/'],
    modes: [...everywhere, 'history', 'finder', 'picker', 'form', 'preview'],
    shown: 'F1 or Ctrl+?',
    help: 'help',
    hint: 'help',
    run: openHelp,
  },
  {
    keys: ['ctrl+l'],
    modes: [...everywhere, 'history', ...overlays],
    shown: 'Ctrl+L',
    help: 'draw the screen again',
    run: ({ options }) => options.redraw(),
  },
  {
    keys: ['ctrl+z'],
    modes: [...everywhere, 'history', ...overlays],
    shown: 'Ctrl+Z',
    help: 'back to the shell; its command fg returns here',
    run: ({ options }) => options.suspend(),
  },
  {
    keys: ['ctrl+c'],
    modes: [...everywhere, 'history', 'finder', ...overlays],
    shown: 'Ctrl+C',
    help: 'quit',
    run: (controller) => controller.options.exit(130),
  },
  ...editingKeys,
];

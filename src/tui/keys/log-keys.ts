import type { Controller } from '../controller.ts';
import { nextLogSource, scrollLog, toggleTroubles } from '../state/log.ts';
import type { State } from '../state/state.ts';
import { sideSize } from '../view/sizes.ts';
import type { Binding } from './binding.ts';

const change =
  (work: (state: State) => State) =>
  ({ store }: Controller): void =>
    store.update(work);

const page = (direction: number) =>
  change((state) => scrollLog(state, direction * Math.max(1, sideSize(state).height - 1)));

/** Keys of the log pane. */
export const logKeys: readonly Binding[] = [
  {
    keys: ['up', 'k'],
    modes: ['log'],
    shown: '↑',
    help: 'scroll up',
    run: change((state) => scrollLog(state, -1)),
  },
  {
    keys: ['down', 'j'],
    modes: ['log'],
    shown: '↓',
    help: 'scroll down',
    run: change((state) => scrollLog(state, 1)),
  },
  { keys: ['pageup'], modes: ['log'], shown: 'PgUp', help: 'a page up', run: page(-1) },
  { keys: ['pagedown'], modes: ['log'], shown: 'PgDn', help: 'a page down', run: page(1) },
  {
    keys: ['home', 'g'],
    modes: ['log'],
    shown: 'Home',
    help: 'to the start',
    run: change((state) => scrollLog(state, -state.logs.length)),
  },
  {
    keys: ['end', 'G'],
    modes: ['log'],
    shown: 'End',
    help: 'to the end',
    run: change((state) => scrollLog(state, state.logs.length)),
  },
  {
    keys: ['f'],
    modes: ['log'],
    shown: 'f',
    help: 'only the next handler, or all',
    hint: 'handler',
    run: change(nextLogSource),
  },
  {
    keys: ['l'],
    modes: ['log'],
    shown: 'l',
    help: 'only warnings, or all',
    hint: 'level',
    run: change(toggleTroubles),
  },
];

import { acceptHit, closeFinder, openFinder, showHit } from '../actions/searching.ts';
import type { Controller } from '../controller.ts';
import { type Binding, everywhere } from './binding.ts';

const older = (controller: Controller): Promise<void> => showHit(controller, 1);

/** Keys of the finder in the conversation. */
export const finderKeys: readonly Binding[] = [
  {
    keys: ['enter', 'up', 'ctrl+f'],
    modes: ['finder'],
    shown: 'Enter or ↑',
    help: 'older hit',
    hint: 'older',
    run: older,
  },
  {
    keys: ['down'],
    modes: ['finder'],
    shown: '↓',
    help: 'newer hit',
    hint: 'newer',
    run: (controller) => showHit(controller, -1),
  },
  {
    keys: ['tab'],
    modes: ['finder'],
    shown: 'Tab',
    help: 'stay here, with the message selected',
    hint: 'stay',
    run: acceptHit,
  },
  {
    keys: ['escape'],
    modes: ['finder'],
    shown: 'Esc',
    help: 'back to where you were',
    hint: 'back',
    run: closeFinder,
  },
];

/** Opens the search, in every pane. */
export const openFinderKey: Binding = {
  keys: ['ctrl+f'],
  modes: everywhere,
  shown: 'Ctrl+F',
  help: 'search the conversation',
  hint: 'search',
  when: ({ threadId }) => threadId !== null,
  run: (controller) => openFinder(controller),
};

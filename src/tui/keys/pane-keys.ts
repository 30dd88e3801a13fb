import { fileAddress } from '../../simulate/download.ts';
import { cancelRunning, runningRun } from '../actions/cancelling.ts';
import {
  clearSelection,
  goToEnd,
  goToStart,
  moveSelection,
  scrollBy,
  scrollPage,
} from '../actions/reading.ts';
import { markSelected } from '../actions/replaying.ts';
import { runLine } from '../actions/run-line.ts';
import { copy, draftAbout, targetOf } from '../actions/sending.ts';
import { loadMoreThreads, openThread } from '../actions/threads.ts';
import type { Controller } from '../controller.ts';
import { selectedMessage } from '../state/conversation.ts';
import { editorOf } from '../state/editor.ts';
import type { State } from '../state/state.ts';
import { moveThreadCursor, threadPlace } from '../state/thread-list.ts';
import { begin } from '../state/unsent.ts';
import { sideContents, topOf } from '../view/side-lines.ts';
import { paneRows, promptSize, sideSize } from '../view/sizes.ts';
import { type Binding, type Mode, sideModes } from './binding.ts';

const hasSelection = ({ conversation }: State): boolean => conversation.selected !== null;

const hasFile = (state: State): boolean => {
  const message = selectedMessage(state.conversation);
  return message !== undefined && fileAddress(message) !== undefined;
};

const isOwn = (state: State): boolean => {
  const message = selectedMessage(state.conversation);
  return message !== undefined && message.owner.provider_id === state.me;
};

const moveThread = (by: number) => async (controller: Controller) => {
  controller.store.update((state) => moveThreadCursor(state, by));
  await loadMoreThreads(controller);
};

const moveThreadPage = (direction: number) => (controller: Controller) => {
  const { size, pane } = controller.state;
  const rows = paneRows(size.rows, promptSize(controller.state).all - 1);
  return pane === 'threads' && moveThread(direction * Math.max(1, rows - 2))(controller);
};

/** Keeps the text that was being written. */
const startCommand = (controller: Controller): void =>
  controller.store.update((state) => ({
    ...state,
    pane: 'input',
    editor: state.editor.characters.length === 0 ? editorOf('/') : state.editor,
  }));

async function openChosen(controller: Controller): Promise<void> {
  const { state } = controller;
  const thread = state.threads[threadPlace(state)];
  if (thread === undefined) return;
  controller.store.set({ pane: 'input' });
  await openThread(controller, thread.id);
}

/** Scrolls the side pane by rows, which may depend on how many are shown. It stops at its end. */
const scrollInspector =
  (by: (height: number) => number) =>
  ({ store }: Controller) =>
    store.update((state) => {
      const { width, height } = sideSize(state);
      const contents = sideContents(state, { width, height });
      const end = Math.max(0, contents.all.length - height);
      const top = topOf(contents, state.inspectorTop, height) + by(height);
      return { ...state, inspectorTop: Math.max(0, Math.min(end, top)) };
    });

const startDraft = (kind: 'reply' | 'edit') => (controller: Controller) => {
  const message = targetOf(controller);
  if (message) draftAbout(controller, kind, message);
};

const startReaction = (controller: Controller) => controller.store.update((state) => begin(state, '/react '));

/** The views of the side pane without a cursor of their own. */
const scrolled: readonly Mode[] = sideModes.filter((mode) => !['people', 'bots', 'log'].includes(mode));

/** Keys of the panes other than the prompt, where letters are keys. */
export const paneKeys: readonly Binding[] = [
  {
    keys: ['up', 'k'],
    modes: ['threads'],
    shown: '↑',
    help: 'previous group',
    hint: 'choose',
    run: moveThread(-1),
  },
  {
    keys: ['down', 'j'],
    modes: ['threads'],
    shown: '↓',
    help: 'next group',
    hint: 'choose',
    run: moveThread(1),
  },
  { keys: ['pageup'], modes: ['threads'], shown: 'PgUp', help: 'page up', run: moveThreadPage(-1) },
  { keys: ['pagedown'], modes: ['threads'], shown: 'PgDn', help: 'page down', run: moveThreadPage(1) },
  { keys: ['home', 'g'], modes: ['threads'], shown: 'Home', help: 'first group', run: moveThread(-Infinity) },
  {
    keys: ['end', 'G'],
    modes: ['threads'],
    shown: 'End',
    help: 'last loaded group',
    run: moveThread(Infinity),
  },
  {
    keys: ['enter'],
    modes: ['threads'],
    shown: 'Enter',
    help: 'open this group',
    hint: 'open',
    run: openChosen,
  },
  {
    keys: ['up', 'k'],
    modes: ['conversation'],
    shown: '↑',
    help: 'previous message',
    hint: 'select',
    run: (controller) => moveSelection(controller, -1),
  },
  {
    keys: ['down', 'j'],
    modes: ['conversation'],
    shown: '↓',
    help: 'next message',
    hint: 'select',
    when: hasSelection,
    run: (controller) => moveSelection(controller, 1),
  },
  {
    keys: ['enter', 'i'],
    modes: ['conversation'],
    shown: 'Enter',
    help: 'show what the bots did',
    hint: 'explain',
    when: hasSelection,
    run: (controller) => controller.store.set({ pane: 'inspector' }),
  },
  { keys: ['home', 'g'], modes: ['conversation'], shown: 'Home', help: 'first message', run: goToStart },
  { keys: ['end', 'G'], modes: ['conversation'], shown: 'End', help: 'last message', run: goToEnd },
  {
    keys: ['y'],
    modes: ['conversation', 'inspector'],
    shown: 'y',
    help: 'copy the message',
    hint: 'copy',
    run: copy,
  },
  {
    keys: ['s'],
    modes: ['conversation'],
    shown: 's',
    help: 'save the file of the message',
    when: hasFile,
    run: (controller) => runLine(controller, '/download'),
  },
  {
    keys: ['o'],
    modes: ['conversation'],
    shown: 'o',
    help: 'open the file of the message',
    when: hasFile,
    run: (controller) => runLine(controller, '/open'),
  },
  {
    keys: ['r'],
    modes: ['conversation'],
    shown: 'r',
    help: 'reply',
    hint: 'reply',
    run: startDraft('reply'),
  },
  {
    keys: ['e'],
    modes: ['conversation'],
    shown: 'e',
    help: 'edit',
    hint: 'edit',
    when: isOwn,
    run: startDraft('edit'),
  },
  {
    keys: ['m'],
    modes: ['conversation'],
    shown: 'm',
    help: 'mark the message for replays',
    when: hasSelection,
    run: markSelected,
  },
  {
    keys: ['x'],
    modes: ['inspector'],
    shown: 'x',
    help: 'end the handler that runs',
    when: ({ verdicts }) => runningRun(verdicts) !== undefined,
    run: cancelRunning,
  },
  { keys: ['+'], modes: ['conversation'], shown: '+', help: 'react', hint: 'react', run: startReaction },
  {
    keys: ['J'],
    modes: ['inspector'],
    shown: 'J',
    help: 'show the JSON, or the words again',
    hint: 'JSON',
    run: ({ store }) => store.update((state) => ({ ...state, showsRaw: !state.showsRaw, inspectorTop: 0 })),
  },
  {
    keys: ['up', 'k'],
    modes: scrolled,
    shown: '↑',
    help: 'scroll up',
    hint: 'scroll',
    run: scrollInspector(() => -1),
  },
  {
    keys: ['down', 'j'],
    modes: scrolled,
    shown: '↓',
    help: 'scroll down',
    hint: 'scroll',
    run: scrollInspector(() => 1),
  },
  {
    keys: ['pageup'],
    modes: [...scrolled, 'bots'],
    shown: 'PgUp',
    help: 'a page up',
    run: scrollInspector((height) => 1 - height),
  },
  {
    keys: ['pagedown'],
    modes: [...scrolled, 'bots'],
    shown: 'PgDn',
    help: 'a page down',
    run: scrollInspector((height) => height - 1),
  },
  {
    keys: ['home', 'g'],
    modes: scrolled,
    shown: 'Home',
    help: 'to the start',
    run: scrollInspector(() => Number.NEGATIVE_INFINITY),
  },
  {
    keys: ['end', 'G'],
    modes: scrolled,
    shown: 'End',
    help: 'last message',
    run: scrollInspector(() => Number.POSITIVE_INFINITY),
  },
  {
    keys: ['pageup'],
    modes: ['input', 'conversation', 'finder'],
    shown: 'PgUp',
    help: 'scroll up',
    run: (controller) => scrollPage(controller, -1),
  },
  {
    keys: ['pagedown'],
    modes: ['input', 'conversation', 'finder'],
    shown: 'PgDn',
    help: 'scroll down',
    run: (controller) => scrollPage(controller, 1),
  },
  {
    keys: ['ctrl+up', 'shift+up'],
    modes: ['input'],
    shown: 'Ctrl+↑',
    help: 'scroll a row up',
    run: (controller) => scrollBy(controller, -1),
  },
  {
    keys: ['ctrl+down', 'shift+down'],
    modes: ['input'],
    shown: 'Ctrl+↓',
    help: 'scroll a row down',
    run: (controller) => scrollBy(controller, 1),
  },
  {
    keys: ['ctrl+end', 'ctrl+g'],
    modes: ['input'],
    shown: 'Ctrl+G',
    help: 'last message',
    when: ({ conversation }) => conversation.anchor !== null,
    run: goToEnd,
  },
  {
    keys: ['alt+up'],
    modes: ['input', ...sideModes],
    shown: 'Alt+↑',
    help: 'previous message',
    run: (controller) => moveSelection(controller, -1),
  },
  {
    keys: ['alt+down'],
    modes: ['input', ...sideModes],
    shown: 'Alt+↓',
    help: 'next message',
    when: hasSelection,
    run: (controller) => moveSelection(controller, 1),
  },
  {
    keys: ['/'],
    modes: ['threads', 'conversation', ...sideModes],
    shown: '/',
    help: 'write a command',
    run: startCommand,
  },
  {
    keys: ['escape', 'q'],
    modes: ['threads', 'conversation', ...sideModes],
    shown: 'Esc',
    help: 'back to the prompt',
    hint: 'back',
    run: (controller) => {
      clearSelection(controller);
      controller.store.set({ pane: 'input' });
    },
  },
];

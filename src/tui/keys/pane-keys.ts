import type { Desk } from '../desk.ts';
import { goToEnd, goToStart, lookAt, lookAway, scrollBy, scrollPage } from '../effects/reading.ts';
import { openThread } from '../effects/threads.ts';
import { copy, draftAbout, messageMeant } from '../effects/writing.ts';
import { selectedMessage } from '../state/conversation.ts';
import { editorOf } from '../state/editor.ts';
import type { State } from '../state/state.ts';
import type { Binding } from './binding.ts';

const isLooking = ({ conversation }: State): boolean => conversation.selected !== null;

const isOwn = (state: State): boolean => {
  const message = selectedMessage(state.conversation);
  return message !== undefined && message.owner.provider_id === state.me;
};

const moveThread = (by: number) => (desk: Desk) =>
  desk.store.update((state) => ({
    ...state,
    threadCursor: Math.max(0, Math.min(state.threads.length - 1, state.threadCursor + by)),
  }));

/** What was being written stays. */
const startCommand = (desk: Desk): void =>
  desk.store.update((state) => ({
    ...state,
    pane: 'input',
    editor: state.editor.characters.length === 0 ? editorOf('/') : state.editor,
  }));

async function openChosen(desk: Desk): Promise<void> {
  const { threads, threadCursor } = desk.state;
  const thread = threads[threadCursor];
  if (thread === undefined) return;
  desk.store.set({ pane: 'input' });
  await openThread(desk, thread.id);
}

const scrollInspector = (by: number) => (desk: Desk) =>
  desk.store.update((state) => ({ ...state, inspectorTop: Math.max(0, state.inspectorTop + by) }));

const startDraft = (kind: 'reply' | 'edit') => (desk: Desk) => {
  const message = messageMeant(desk);
  if (message === undefined) return;
  draftAbout(desk, kind, message);
  if (kind === 'edit') desk.store.set({ editor: editorOf(message.body) });
};

const startReaction = (desk: Desk) => desk.store.set({ pane: 'input', editor: editorOf('/react ') });

/** Keys of the panes beside the prompt: there, letters are keys. */
export const paneKeys: readonly Binding[] = [
  { keys: ['up', 'k'], modes: ['threads'], shown: '↑', help: 'the group above', run: moveThread(-1) },
  { keys: ['down', 'j'], modes: ['threads'], shown: '↓', help: 'the group below', run: moveThread(1) },
  { keys: ['enter'], modes: ['threads'], shown: 'Enter', help: 'open this group', run: openChosen },
  {
    keys: ['up', 'k'],
    modes: ['conversation'],
    shown: '↑',
    help: 'look at the message before',
    run: (desk) => lookAt(desk, -1),
  },
  {
    keys: ['down', 'j'],
    modes: ['conversation'],
    shown: '↓',
    help: 'look at the next message',
    when: isLooking,
    run: (desk) => lookAt(desk, 1),
  },
  {
    keys: ['enter', 'i'],
    modes: ['conversation'],
    shown: 'Enter',
    help: 'what the bots made of it',
    when: isLooking,
    run: (desk) => desk.store.set({ pane: 'inspector' }),
  },
  { keys: ['home', 'g'], modes: ['conversation'], shown: 'Home', help: 'far up', run: goToStart },
  { keys: ['end', 'G'], modes: ['conversation'], shown: 'End', help: 'to the end', run: goToEnd },
  { keys: ['y'], modes: ['conversation', 'inspector'], shown: 'y', help: 'copy the message', run: copy },
  { keys: ['r'], modes: ['conversation'], shown: 'r', help: 'reply', run: startDraft('reply') },
  { keys: ['e'], modes: ['conversation'], shown: 'e', help: 'edit', when: isOwn, run: startDraft('edit') },
  { keys: ['+'], modes: ['conversation'], shown: '+', help: 'react', run: startReaction },
  { keys: ['up', 'k'], modes: ['inspector'], shown: '↑', help: 'scroll up', run: scrollInspector(-1) },
  { keys: ['down', 'j'], modes: ['inspector'], shown: '↓', help: 'scroll down', run: scrollInspector(1) },
  {
    keys: ['pageup'],
    modes: ['input', 'conversation'],
    shown: 'PgUp',
    help: 'scroll up',
    run: (desk) => scrollPage(desk, -1),
  },
  {
    keys: ['pagedown'],
    modes: ['input', 'conversation'],
    shown: 'PgDn',
    help: 'scroll down',
    run: (desk) => scrollPage(desk, 1),
  },
  {
    keys: ['ctrl+up', 'shift+up'],
    modes: ['input'],
    shown: 'Ctrl+↑',
    help: 'scroll a row up',
    run: (desk) => scrollBy(desk, -1),
  },
  {
    keys: ['ctrl+down', 'shift+down'],
    modes: ['input'],
    shown: 'Ctrl+↓',
    help: 'scroll a row down',
    run: (desk) => scrollBy(desk, 1),
  },
  {
    keys: ['ctrl+end', 'ctrl+g'],
    modes: ['input'],
    shown: 'Ctrl+G',
    help: 'to the end',
    when: ({ conversation }) => conversation.anchor !== null,
    run: goToEnd,
  },
  {
    keys: ['alt+up'],
    modes: ['input', 'inspector'],
    shown: 'Alt+↑',
    help: 'look at the message before',
    run: (desk) => lookAt(desk, -1),
  },
  {
    keys: ['alt+down'],
    modes: ['input', 'inspector'],
    shown: 'Alt+↓',
    help: 'look at the next message',
    when: isLooking,
    run: (desk) => lookAt(desk, 1),
  },
  {
    keys: ['/'],
    modes: ['threads', 'conversation', 'inspector'],
    shown: '/',
    help: 'write a command',
    run: startCommand,
  },
  {
    keys: ['escape', 'q'],
    modes: ['threads', 'conversation', 'inspector'],
    shown: 'Esc',
    help: 'back to the prompt',
    run: (desk) => {
      lookAway(desk);
      desk.store.set({ pane: 'input' });
    },
  },
];

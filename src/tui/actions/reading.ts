import type { Controller } from '../controller.ts';
import { type Conversation, select, toEnd } from '../state/conversation.ts';
import { conversationPane } from '../view/sizes.ts';
import { isNearStart, reveal, scroll } from '../view/viewport.ts';
import { loadNewest, loadOlder } from './pages.ts';
import { markRead } from './threads.ts';
import { refreshVerdicts } from './verdicts.ts';

function change(controller: Controller, make: (conversation: Conversation) => Conversation): void {
  controller.store.update((state) => ({ ...state, conversation: make(state.conversation) }));
}

/** Scrolls the conversation by rows, and loads more messages when needed. */
export async function scrollBy(controller: Controller, rows: number): Promise<void> {
  change(controller, (conversation) => scroll(conversation, rows, conversationPane(controller.state)));
  await fetchNear(controller);
}

/** Scrolls by almost a page, so that some rows stay visible. */
export const scrollPage = (controller: Controller, direction: number): Promise<void> =>
  scrollBy(controller, direction * Math.max(1, conversationPane(controller.state).height - 2));

/** Scrolls to the end and stays there. */
export async function goToEnd(controller: Controller): Promise<void> {
  const { conversation, threadId } = controller.state;
  if (conversation.detached && threadId !== null) await loadNewest(controller, threadId);
  change(controller, toEnd);
  await markRead(controller);
}

/** Scrolls to the oldest loaded message, which loads older ones. */
export async function goToStart(controller: Controller): Promise<void> {
  await scrollBy(controller, -Number.MAX_SAFE_INTEGER);
}

/** Moves the selection down by this many messages. */
export async function moveSelection(controller: Controller, by: number): Promise<void> {
  change(controller, (conversation) => select(conversation, by));
  controller.store.set({ verdicts: null, inspectorTop: 0 });
  // Selecting a message may change the panes, so scroll it into view with the new sizes.
  change(controller, (conversation) => reveal(conversation, conversationPane(controller.state)));
  await Promise.all([refreshVerdicts(controller), fetchNear(controller)]);
}

/** Clears the selection. */
export function clearSelection(controller: Controller): void {
  change(controller, (conversation) => ({ ...conversation, selected: null }));
  controller.store.set({ verdicts: null, inspectorTop: 0 });
}

/** Loads older messages when the pane is near the oldest loaded one, and newest ones that were dropped. */
async function fetchNear(controller: Controller): Promise<void> {
  const { conversation, threadId } = controller.state;
  if (threadId === null) return;
  if (conversation.detached && conversation.anchor === null) return goToEnd(controller);
  if (isNearStart(conversation, conversationPane(controller.state))) await loadOlder(controller, threadId);
}

import type { ChatPlace } from '../../simulate/place.ts';
import type { Controller } from '../controller.ts';
import { type Conversation, isMessage, reopenConversation, select, toEnd } from '../state/conversation.ts';
import type { Place } from '../state/finder.ts';
import { conversationPane } from '../view/sizes.ts';
import { isNearEnd, isNearStart, reveal, scroll, showAt } from '../view/viewport.ts';
import { beginJump, loadNewer, loadNewest, loadOlder, loadStretch } from './pages.ts';
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

/** Scrolls to the end and stays there, unless another place is asked for meanwhile. */
export async function goToEnd(controller: Controller): Promise<void> {
  const { conversation, threadId } = controller.state;
  const isLast = beginJump(controller);
  if (conversation.detached && threadId !== null)
    await loadNewest(controller, threadId, (old, page, known) =>
      isLast() ? reopenConversation(old, page, known) : old,
    );
  if (!isLast()) return;
  change(controller, toEnd);
  await markRead(controller);
}

/** Scrolls to the first message of the thread. */
export async function goToStart(controller: Controller): Promise<void> {
  const { conversation, threadId } = controller.state;
  const isFar = conversation.olderThan !== null && threadId !== null;
  if (isFar && (await loadSince(controller, threadId, firstMoment)) === undefined) return;
  await scrollBy(controller, -Number.MAX_SAFE_INTEGER);
}

const firstMoment = '1970-01-01T00:00:00Z';

const loadSince = (controller: Controller, threadId: string, moment: string) =>
  loadStretch(controller, threadId, () => controller.client.messages.since(threadId, moment));

/** Scrolls to a place: of those from a moment on to the first message, or to the last one if all are older. */
export async function goTo(controller: Controller, place: ChatPlace): Promise<void> {
  if (place === 'first') return goToStart(controller);
  if (place === 'last') return goToEnd(controller);
  const { threadId } = controller.state;
  if (threadId === null) return;
  const found = await loadSince(controller, threadId, place.toISOString());
  if (found === undefined) return;
  change(controller, (conversation) =>
    showAt(conversation, found, conversationPane(controller.state), 'top'),
  );
  await fetchNear(controller);
}

/** Scrolls to a message with its surroundings, and loads these if necessary. */
export async function showMessage(controller: Controller, id: string): Promise<void> {
  if (!(await ensureLoaded(controller, id))) return;
  change(controller, (conversation) =>
    showAt(conversation, id, conversationPane(controller.state), 'middle'),
  );
  await fetchNear(controller);
}

/** Scrolls back to where a person was: to the end, or to a message that was at the bottom. */
export async function returnTo(controller: Controller, { anchor, selected, pane }: Place): Promise<void> {
  controller.store.set({ pane });
  if (anchor === null) await goToEnd(controller);
  else {
    if (!(await ensureLoaded(controller, anchor.entryId))) return;
    change(controller, (conversation) => ({ ...conversation, anchor }));
  }
  change(controller, (conversation) => ({ ...conversation, selected }));
  await Promise.all([fetchNear(controller), refreshVerdicts(controller)]);
}

/** Returns false if another place was asked for meanwhile. */
async function ensureLoaded(controller: Controller, id: string): Promise<boolean> {
  const { conversation, threadId } = controller.state;
  const load = () => controller.client.messages.around(threadId ?? '', id);
  if (conversation.entries.some((entry) => entry.id === id)) return beginJump(controller)();
  return threadId !== null && (await loadStretch(controller, threadId, load)) !== undefined;
}

/** Moves the selection down by this many messages. */
export async function moveSelection(controller: Controller, by: number): Promise<void> {
  const { conversation: before, threadId } = controller.state;
  if (by > 0 && threadId !== null && before.selected === before.entries.findLast(isMessage)?.id)
    await loadNewer(controller, threadId);
  await changeSelection(controller, (conversation) => select(conversation, by));
}

/** Selects a loaded message. */
export const selectMessage = (controller: Controller, id: string): Promise<void> =>
  changeSelection(controller, (conversation) => ({ ...conversation, selected: id }));

async function changeSelection(
  controller: Controller,
  make: (conversation: Conversation) => Conversation,
): Promise<void> {
  change(controller, make);
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

/** Loads older or newer messages when the pane is near the last one that is loaded. */
async function fetchNear(controller: Controller): Promise<void> {
  const { conversation, threadId } = controller.state;
  if (threadId === null) return;
  if (conversation.detached && conversation.anchor === null) return goToEnd(controller);
  const pane = conversationPane(controller.state);
  await Promise.all([
    isNearStart(conversation, pane) && loadOlder(controller, threadId),
    isNearEnd(conversation, pane) && loadNewer(controller, threadId),
  ]);
}

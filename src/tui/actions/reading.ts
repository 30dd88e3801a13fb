import type { Controller } from '../controller.ts';
import { addOlder, type Conversation, openConversation, select, toEnd } from '../state/conversation.ts';
import { conversationPane } from '../view/sizes.ts';
import { isNearStart, reveal, scroll } from '../view/viewport.ts';
import { markRead } from './threads.ts';
import { refreshVerdicts } from './verdicts.ts';

const loading = new WeakSet<Controller>();

function change(controller: Controller, make: (conversation: Conversation) => Conversation): void {
  controller.store.update((state) => ({ ...state, conversation: make(state.conversation) }));
}

/** Scrolls the conversation by rows, and fetches what comes into reach. */
export async function scrollBy(controller: Controller, rows: number): Promise<void> {
  change(controller, (conversation) => scroll(conversation, rows, conversationPane(controller.state)));
  await fetchNear(controller);
}

/** Scrolls by almost a pane, so that one finds the place again. */
export const scrollPage = (controller: Controller, direction: number): Promise<void> =>
  scrollBy(controller, direction * Math.max(1, conversationPane(controller.state).height - 2));

/** Goes to the end and stays there. */
export async function goToEnd(controller: Controller): Promise<void> {
  const { conversation, threadId } = controller.state;
  if (conversation.detached && threadId !== null) {
    const page = await controller.client.messages.newest(threadId);
    if (controller.state.threadId === threadId) change(controller, () => openConversation(page));
  }
  change(controller, toEnd);
  await markRead(controller);
}

/** Goes to the first message that is held; what is older comes after it. */
export async function goToStart(controller: Controller): Promise<void> {
  await scrollBy(controller, -Number.MAX_SAFE_INTEGER);
}

/** Looks at the message so many places further down. */
export async function lookAt(controller: Controller, by: number): Promise<void> {
  change(controller, (conversation) => select(conversation, by));
  controller.store.set({ verdicts: null, inspectorTop: 0 });
  // A message that is looked at may change the panes, so it is revealed in those there are now.
  change(controller, (conversation) => reveal(conversation, conversationPane(controller.state)));
  await Promise.all([refreshVerdicts(controller), fetchNear(controller)]);
}

/** Looks at no message any more. */
export function lookAway(controller: Controller): void {
  change(controller, (conversation) => ({ ...conversation, selected: null }));
  controller.store.set({ verdicts: null, inspectorTop: 0 });
}

/** Fetches older messages while the pane is near the first one held, and the newest where they were let go. */
async function fetchNear(controller: Controller): Promise<void> {
  const { conversation, threadId } = controller.state;
  if (threadId === null) return;
  if (conversation.detached && conversation.anchor === null) return goToEnd(controller);
  if (loading.has(controller) || conversation.olderThan === null) return;
  if (!isNearStart(conversation, conversationPane(controller.state))) return;
  loading.add(controller);
  try {
    const page = await controller.client.messages.before(threadId, conversation.olderThan);
    if (controller.state.threadId === threadId) change(controller, (now) => addOlder(now, page));
  } finally {
    loading.delete(controller);
  }
}

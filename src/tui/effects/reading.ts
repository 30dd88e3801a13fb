import type { Desk } from '../desk.ts';
import { addOlder, type Conversation, openConversation, select, toEnd } from '../state/conversation.ts';
import { conversationPane } from '../view/sizes.ts';
import { isNearStart, reveal, scroll } from '../view/viewport.ts';
import { markRead } from './threads.ts';
import { refreshVerdicts } from './verdicts.ts';

const loading = new WeakSet<Desk>();

function change(desk: Desk, make: (conversation: Conversation) => Conversation): void {
  desk.store.update((state) => ({ ...state, conversation: make(state.conversation) }));
}

/** Scrolls the conversation by rows, and fetches what comes into reach. */
export async function scrollBy(desk: Desk, rows: number): Promise<void> {
  change(desk, (conversation) => scroll(conversation, rows, conversationPane(desk.state)));
  await fetchNear(desk);
}

/** Scrolls by almost a pane, so that one finds the place again. */
export const scrollPage = (desk: Desk, direction: number): Promise<void> =>
  scrollBy(desk, direction * Math.max(1, conversationPane(desk.state).height - 2));

/** Goes to the end and stays there. */
export async function goToEnd(desk: Desk): Promise<void> {
  const { conversation, threadId } = desk.state;
  if (conversation.detached && threadId !== null) {
    const page = await desk.client.messages.newest(threadId);
    if (desk.state.threadId === threadId) change(desk, () => openConversation(page));
  }
  change(desk, toEnd);
  await markRead(desk);
}

/** Goes to the first message that is held; what is older comes after it. */
export async function goToStart(desk: Desk): Promise<void> {
  await scrollBy(desk, -Number.MAX_SAFE_INTEGER);
}

/** Looks at the message so many places further down. */
export async function lookAt(desk: Desk, by: number): Promise<void> {
  change(desk, (conversation) => select(conversation, by));
  desk.store.set({ verdicts: null, inspectorTop: 0 });
  // A message that is looked at may change the panes, so it is revealed in those there are now.
  change(desk, (conversation) => reveal(conversation, conversationPane(desk.state)));
  await Promise.all([refreshVerdicts(desk), fetchNear(desk)]);
}

/** Looks at no message any more. */
export function lookAway(desk: Desk): void {
  change(desk, (conversation) => ({ ...conversation, selected: null }));
  desk.store.set({ verdicts: null, inspectorTop: 0 });
}

/** Fetches older messages while the pane is near the first one held, and the newest where they were let go. */
async function fetchNear(desk: Desk): Promise<void> {
  const { conversation, threadId } = desk.state;
  if (threadId === null) return;
  if (conversation.detached && conversation.anchor === null) return goToEnd(desk);
  if (loading.has(desk) || conversation.olderThan === null) return;
  if (!isNearStart(conversation, conversationPane(desk.state))) return;
  loading.add(desk);
  try {
    const page = await desk.client.messages.before(threadId, conversation.olderThan);
    if (desk.state.threadId === threadId) change(desk, (now) => addOlder(now, page));
  } finally {
    loading.delete(desk);
  }
}

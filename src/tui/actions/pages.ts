import type { MessageJson, PageJson } from '../../client/index.ts';
import type { Controller } from '../controller.ts';
import { addOlder, type Conversation, idsOf, reopenConversation } from '../state/conversation.ts';

/**
 * The latest load of each controller. Only its page is merged: a page that was requested before it may no longer
 * be next to what is shown.
 */
const latest = new WeakMap<Controller, Promise<unknown>>();

/**
 * Loads the newest page of the open thread. What arrives meanwhile is kept.
 *
 * @param merge combines the conversation so far with the page
 */
export function loadNewest(
  controller: Controller,
  threadId: string,
  merge: typeof reopenConversation = reopenConversation,
): Promise<void> {
  const known = idsOf(controller.state.conversation);
  const page = controller.client.messages.newest(threadId);
  return load(controller, threadId, page, (conversation, loaded) => merge(conversation, loaded, known));
}

/** Loads the page before the oldest message of the open thread, if there is one and no page is being loaded. */
export async function loadOlder(controller: Controller, threadId: string): Promise<void> {
  const { olderThan } = controller.state.conversation;
  if (latest.has(controller) || olderThan === null) return;
  await load(controller, threadId, controller.client.messages.before(threadId, olderThan), addOlder);
}

async function load(
  controller: Controller,
  threadId: string,
  requested: Promise<PageJson<MessageJson>>,
  merge: (conversation: Conversation, page: PageJson<MessageJson>) => Conversation,
): Promise<void> {
  latest.set(controller, requested);
  try {
    const page = await requested;
    if (latest.get(controller) !== requested || controller.state.threadId !== threadId) return;
    controller.store.update((state) => ({ ...state, conversation: merge(state.conversation, page) }));
  } finally {
    if (latest.get(controller) === requested) latest.delete(controller);
  }
}

import type { Controller } from '../controller.ts';
import { addOlder, idsOf, reopenConversation } from '../state/conversation.ts';

/** The message before which each controller is loading a page. */
const loading = new WeakMap<Controller, string>();

/**
 * Loads the newest page of the open thread. What arrives meanwhile is kept.
 *
 * @param merge combines the conversation so far with the page
 */
export async function loadNewest(
  { client, state: { conversation }, store }: Controller,
  threadId: string,
  merge: typeof reopenConversation = reopenConversation,
): Promise<void> {
  const known = idsOf(conversation);
  const page = await client.messages.newest(threadId);
  store.update((state) =>
    state.threadId === threadId ? { ...state, conversation: merge(state.conversation, page, known) } : state,
  );
}

/** Loads the page before the oldest message of the open thread, if there is one and it is not being loaded. */
export async function loadOlder(controller: Controller, threadId: string): Promise<void> {
  const { olderThan } = controller.state.conversation;
  if (olderThan === null || loading.get(controller) === olderThan) return;
  loading.set(controller, olderThan);
  try {
    const page = await controller.client.messages.before(threadId, olderThan);
    controller.store.update((state) => {
      const { conversation } = state;
      // After another page was opened meanwhile, this one may no longer be next to what is shown.
      const isNext = state.threadId === threadId && conversation.olderThan === olderThan;
      return isNext ? { ...state, conversation: addOlder(conversation, page) } : state;
    });
  } finally {
    if (loading.get(controller) === olderThan) loading.delete(controller);
  }
}

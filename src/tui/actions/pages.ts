import type { MessageJson, StretchJson } from '../../client/index.ts';
import type { Controller } from '../controller.ts';
import { addOlder, idsOf, isMessage, reopenConversation } from '../state/conversation.ts';
import { addNewer, openStretch } from '../state/stretch.ts';

/** The message before which each controller is loading a page. */
const loading = new WeakMap<Controller, string>();

/** The message after which each controller is loading a page. */
const loadingNewer = new WeakMap<Controller, string>();

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

/** Loads the page after the newest loaded message, if newer ones were dropped and it is not being loaded. */
export async function loadNewer(controller: Controller, threadId: string): Promise<void> {
  const { detached, entries } = controller.state.conversation;
  const last = entries.findLast(isMessage)?.id;
  if (!detached || last === undefined || loadingNewer.get(controller) === last) return;
  loadingNewer.set(controller, last);
  try {
    const page = await controller.client.messages.after(threadId, last);
    controller.store.update((state) => {
      const { conversation } = state;
      const isNext =
        state.threadId === threadId &&
        conversation.detached &&
        conversation.entries.findLast(isMessage)?.id === last;
      return isNext ? { ...state, conversation: addNewer(conversation, page) } : state;
    });
  } finally {
    if (loadingNewer.get(controller) === last) loadingNewer.delete(controller);
  }
}

const lastJumps = new WeakMap<Controller, symbol>();

/** Begins to go somewhere else. Returns whether that is still the last place that was asked for. */
export function beginJump(controller: Controller): () => boolean {
  const jump = Symbol();
  lastJumps.set(controller, jump);
  return () => lastJumps.get(controller) === jump;
}

/**
 * Loads messages from the middle of the open thread.
 *
 * @returns the id of the message that was asked for; undefined if there is none, or if another place or thread was
 *   asked for meanwhile
 */
export async function loadStretch(
  controller: Controller,
  threadId: string,
  load: () => Promise<StretchJson<MessageJson>>,
): Promise<string | undefined> {
  const isLast = beginJump(controller);
  const known = idsOf(controller.state.conversation);
  const page = await load();
  const found = page.meta.found_id;
  if (found === null || controller.state.threadId !== threadId || !isLast()) return undefined;
  controller.store.update((state) => ({
    ...state,
    conversation: openStretch(state.conversation, page, known),
  }));
  return found;
}

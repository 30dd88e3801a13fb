import type { Controller } from '../controller.ts';
import { emptyConversation } from '../state/conversation.ts';
import { switchPlace } from '../state/unsent.ts';
import { loadNewest } from './pages.ts';

/** The presence channel of a thread. */
export const presenceOf = (threadId: string): string => `presence-messenger.thread.${threadId}`;

/** Reloads the list of threads. The cursor is at the open one, or stays where a person has moved it. */
export async function refreshThreads(controller: Controller): Promise<void> {
  const { data } = await controller.client.threads.list();
  const { pane, threads, threadCursor, threadId } = controller.state;
  const at = pane === 'threads' ? threads[threadCursor]?.id : threadId;
  const place = data.findIndex(({ id }) => id === at);
  controller.store.set({ threads: data, threadCursor: Math.max(0, place) });
}

/** Opens a thread at its end, with its newest page, its people and its bots. */
export async function openThread(controller: Controller, threadId: string): Promise<void> {
  const { state, realtime } = controller;
  const isOther = state.threadId !== threadId;
  if (isOther && state.threadId !== null) realtime?.unsubscribe(presenceOf(state.threadId));
  const blank = {
    conversation: emptyConversation,
    bots: [],
    attachable: [],
    installable: [],
    participants: [],
    failed: [],
    verdicts: null,
  };
  controller.store.update((before) => ({
    ...switchPlace(before, { threadId }),
    completion: null,
    inspectorTop: 0,
    ...(isOther && blank),
  }));
  realtime?.subscribe(presenceOf(threadId));
  await loadNewest(controller, threadId);
  if (controller.state.threadId !== threadId) return;
  await Promise.all([refreshPeople(controller), refreshBots(controller), markRead(controller)]);
}

/** Reloads the people of the open thread. */
export async function refreshPeople(controller: Controller): Promise<void> {
  const { threadId } = controller.state;
  if (threadId === null) return;
  const { data } = await controller.client.participants.list(threadId);
  if (controller.state.threadId === threadId) controller.store.set({ participants: data });
}

const reading = new WeakMap<Controller, { now: Promise<void>; next: Promise<void> | undefined }>();

/**
 * Reloads the bots of the open thread with their actions, and the failed runs; none where bots are off. Calls
 * during a reload are combined into one.
 */
export function refreshBots(controller: Controller): Promise<void> {
  const before = reading.get(controller);
  if (before === undefined) {
    const now = readBots(controller).finally(() => reading.delete(controller));
    reading.set(controller, { now, next: undefined });
    return now;
  }
  before.next ??= before.now.catch(() => {}).then(() => refreshBots(controller));
  return before.next;
}

async function readBots(controller: Controller): Promise<void> {
  const { threadId } = controller.state;
  if (threadId === null) return;
  const { client } = controller;
  const none = () => [];
  const listed = await client.bots.list(threadId).catch(none);
  const bots = await Promise.all(listed.map((bot) => client.bots.show(threadId, bot.id)));
  const failed = await client.failures.list(threadId).catch(none);
  if (controller.state.threadId === threadId) controller.store.set({ bots, failed });
  await refreshChoices(controller, threadId, bots[0]);
}

/** Reloads the completions for /attach and /install; none for people who may do neither. */
async function refreshChoices(
  { client, store }: Controller,
  threadId: string,
  bot: { id: string } | undefined,
): Promise<void> {
  const none = () => [];
  const [handlers, packages] = await Promise.all([
    bot ? client.handlers.list(threadId, bot.id).catch(none) : [],
    client.packages.list(threadId).catch(none),
  ]);
  const attachable = handlers.map(({ alias }) => alias);
  const installable = packages.map(({ alias }) => alias);
  store.update((state) => (state.threadId === threadId ? { ...state, attachable, installable } : state));
}

/** Marks the open thread as read. */
export async function markRead(controller: Controller): Promise<void> {
  const { threadId } = controller.state;
  if (threadId === null) return;
  await controller.client.threads.markRead(threadId);
  controller.store.update((state) => ({
    ...state,
    threads: state.threads.map((thread) =>
      thread.id === threadId ? { ...thread, unread: false, unread_count: 0 } : thread,
    ),
  }));
}

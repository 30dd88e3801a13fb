import type { BotJson } from '../../client/index.ts';
import type { Desk } from '../desk.ts';
import { emptyConversation, openConversation } from '../state/conversation.ts';

/** The channel on which the people of a thread meet. */
export const presenceOf = (threadId: string): string => `presence-messenger.thread.${threadId}`;

/** Reads the list of threads anew. */
export async function refreshThreads(desk: Desk): Promise<void> {
  const { data } = await desk.client.threads.list();
  const place = data.findIndex(({ id }) => id === desk.state.threadId);
  desk.store.set({ threads: data, threadCursor: Math.max(0, place) });
}

/** Opens a thread at its end: its newest page, its people and its bots. */
export async function openThread(desk: Desk, threadId: string): Promise<void> {
  const { state, client, realtime } = desk;
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
  desk.store.set({ threadId, draft: null, completion: null, inspectorTop: 0, ...(isOther && blank) });
  realtime?.subscribe(presenceOf(threadId));
  const page = await client.messages.newest(threadId);
  if (desk.state.threadId !== threadId) return;
  desk.store.set({ conversation: openConversation(page) });
  await Promise.all([refreshPeople(desk), refreshBots(desk), markRead(desk)]);
}

/** Reads the people of the open thread anew. */
export async function refreshPeople(desk: Desk): Promise<void> {
  const { threadId } = desk.state;
  if (threadId === null) return;
  const { data } = await desk.client.participants.list(threadId);
  if (desk.state.threadId === threadId) desk.store.set({ participants: data });
}

const reading = new WeakMap<Desk, { now: Promise<void>; next: Promise<void> | undefined }>();

/**
 * Reads the bots of the open thread with their actions anew, and what failed; nothing where bots are off. Of many
 * calls while it is read, all but one are left out.
 */
export function refreshBots(desk: Desk): Promise<void> {
  const before = reading.get(desk);
  if (before === undefined) {
    const now = readBots(desk).finally(() => reading.delete(desk));
    reading.set(desk, { now, next: undefined });
    return now;
  }
  before.next ??= before.now.catch(() => {}).then(() => refreshBots(desk));
  return before.next;
}

async function readBots(desk: Desk): Promise<void> {
  const { threadId } = desk.state;
  if (threadId === null) return;
  const { client } = desk;
  const none = () => [];
  const listed = await client.bots.list(threadId).catch(none);
  const bots = await Promise.all(listed.map((bot: BotJson) => client.bots.show(threadId, bot.id)));
  const failed = await client.failures.list(threadId).catch(none);
  if (desk.state.threadId === threadId) desk.store.set({ bots, failed });
  await refreshChoices(desk, threadId, bots[0]);
}

/** Reads anew what Tab can put in behind /attach and /install; nothing for those who may do neither. */
async function refreshChoices(
  { client, store }: Desk,
  threadId: string,
  bot: BotJson | undefined,
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

/** Tells that everything in the open thread has been read. */
export async function markRead(desk: Desk): Promise<void> {
  const { threadId } = desk.state;
  if (threadId === null) return;
  await desk.client.threads.markRead(threadId);
  desk.store.update((state) => ({
    ...state,
    threads: state.threads.map((thread) =>
      thread.id === threadId ? { ...thread, unread: false, unread_count: 0 } : thread,
    ),
  }));
}

/** Makes a group in which bots answer, and opens it. */
export async function makeGroup(desk: Desk, name: string): Promise<void> {
  const { id } = await desk.client.threads.createGroup(name);
  await desk.client.threads.changeSettings(id, { chat_bots: true });
  await refreshThreads(desk);
  await openThread(desk, id);
}

import { ApiError, type EventData, type ParticipantJson } from '../../client/index.ts';
import type { Controller } from '../controller.ts';
import { emptyConversation, markNew, messagesOf } from '../state/conversation.ts';
import { noMembers, withMembers } from '../state/members.ts';
import { signsOf } from '../state/signs.ts';
import { myself } from '../state/state.ts';
import {
  addThreads,
  needsMoreThreads,
  withMoreThreads,
  withNewestThreads,
  withReadThread,
} from '../state/thread-list.ts';
import { switchPlace } from '../state/unsent.ts';
import { loadNewest } from './pages.ts';
import { refreshSoon } from './refreshing.ts';

/** The presence channel of a thread. */
export const presenceOf = (threadId: string): string => `presence-messenger.thread.${threadId}`;

/**
 * Reloads the newest threads of the list, and the open one.
 *
 * @param merge puts them into the list; that of another person is replaced
 */
export async function refreshThreads(controller: Controller, merge = withNewestThreads): Promise<void> {
  const { client, store } = controller;
  const page = await client.threads.list();
  // Somebody else speaks by now.
  if (client !== controller.client) return;
  store.update((state) => merge(state, page));
  await listOpenThread(controller);
}

/** A thread can be open that is further down in the list than what is loaded. */
async function listOpenThread({ client, state, store }: Controller): Promise<void> {
  const { threadId, threads, threadPages } = state;
  if (threadId === null || threadPages.next === null || threads.some(({ id }) => id === threadId)) return;
  const thread = await client.threads.show(threadId).catch(unlessMissing);
  if (thread) store.update((now) => (now.threadId === threadId ? addThreads(now, [thread]) : now));
}

/** What cannot be seen or is not there any more is undefined. */
export function unlessMissing(error: unknown): undefined {
  if (!(error instanceof ApiError && !error.isUnreachable)) throw error;
}

const loadingMore = new WeakSet<Controller>();

/** Loads the next page of the list if the cursor is near the end of what is loaded. */
export async function loadMoreThreads(controller: Controller): Promise<void> {
  const { client, state, store } = controller;
  const { next } = state.threadPages;
  if (next === null || !needsMoreThreads(state) || loadingMore.has(controller)) return;
  loadingMore.add(controller);
  try {
    const page = await client.threads.list(next);
    store.update((now) => (now.threadPages.next === next ? withMoreThreads(now, page) : now));
  } finally {
    loadingMore.delete(controller);
  }
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
    members: noMembers,
    failed: [],
    signs: [],
    verdicts: null,
  };
  controller.store.update((before) => ({
    ...switchPlace(before, { threadId }),
    completion: null,
    finder: null,
    inspectorTop: 0,
    threadCursor: null,
    ...(isOther && blank),
  }));
  realtime?.subscribe(presenceOf(threadId));
  await Promise.all([loadNewest(controller, threadId), listOpenThread(controller)]);
  if (controller.state.threadId !== threadId) return;
  await Promise.all([refreshPeople(controller).then(() => readNew(controller)), refreshBots(controller)]);
}

/** Marks what was not read before in the open thread, and then the thread as read. */
async function readNew(controller: Controller): Promise<void> {
  const { client, state, store } = controller;
  const { me, threadId, participants, members } = state;
  if (threadId === null) return;
  const isMe = ({ owner_id }: ParticipantJson) => owner_id === me;
  const known = participants.find(isMe);
  const mine = known ?? (members.next === null ? undefined : await client.participants.find(threadId, isMe));
  const lastRead = mine?.last_read.time ?? null;
  store.update((now) =>
    now.threadId === threadId && now.me === me
      ? { ...now, conversation: markNew(now.conversation, { lastRead, me }) }
      : now,
  );
  await markRead(controller);
}

/** Reloads the people of the open thread. */
export async function refreshPeople(controller: Controller): Promise<void> {
  const { threadId } = controller.state;
  if (threadId === null) return;
  const page = await controller.client.participants.list(threadId);
  controller.store.update((state) => (state.threadId === threadId ? withMembers(state, page) : state));
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
  const signs = await client.bots.signs(threadId).then(signsOf, none);
  if (controller.state.threadId === threadId) controller.store.set({ bots, failed, signs });
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
  controller.store.update((state) => withReadThread(state, threadId));
  refreshSoon(controller, announceReading, announceInterval);
}

/** Milliseconds between two announcements. The server limits how many events a person sends, and typing needs some. */
const announceInterval = 1_000;

/** What each controller announced last. */
const announced = new WeakMap<Controller, string>();

/** Tells the others who have the open thread on their screens how far it was read here. */
async function announceReading(controller: Controller): Promise<void> {
  const { realtime, state } = controller;
  const { me, threadId } = state;
  const newest = messagesOf(state.conversation).at(-1);
  if (me === null || threadId === null || newest?.thread_id !== threadId) return;
  const reading = `${me} ${newest.id}`;
  if (announced.get(controller) === reading) return;
  announced.set(controller, reading);
  const who = { provider_id: me, provider_alias: 'user', name: myself(state)?.name ?? '' };
  const data: EventData['client-read'] = { ...who, message_id: newest.id };
  realtime?.whisper(presenceOf(threadId), 'client-read', data);
}

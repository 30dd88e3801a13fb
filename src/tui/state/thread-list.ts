import type { ListedThreadJson, PageJson } from '../../client/index.ts';
import type { State } from './state.ts';

/** What the loaded threads are a part of: the newest ones of a list. */
export interface ThreadPages {
  /** Where the page after them is; null if they are all. */
  readonly next: string | null;
  readonly total: number;
}

type ThreadPage = PageJson<ListedThreadJson>;

const byActivity = (one: ListedThreadJson, other: ListedThreadJson): number =>
  compare(other.updated_at, one.updated_at) || compare(other.id, one.id);

const compare = (one: string, other: string): number => Number(one > other) - Number(one < other);

/** Replaces the threads, and keeps the cursor on its thread. If that is gone, the next one takes its place. */
function withThreads(state: State, threads: readonly ListedThreadJson[]): State {
  const { threadCursor } = state;
  if (threadCursor === null || threads.some(({ id }) => id === threadCursor)) return { ...state, threads };
  const place = state.threads.findIndex(({ id }) => id === threadCursor);
  const after = state.threads.slice(place + 1).find((one) => threads.some(({ id }) => id === one.id));
  return { ...state, threads, threadCursor: (after ?? threads.at(-1))?.id ?? null };
}

/** The list after its first page was read again. Loaded threads further down stay if the page follows on from them. */
export function withNewestThreads(state: State, page: ThreadPage): State {
  const { data, meta } = page;
  const last = data.at(-1);
  const ids = new Set(data.map(({ id }) => id));
  const followsOn = state.threads.some((old) =>
    data.some(({ id, updated_at }) => id === old.id && updated_at === old.updated_at),
  );
  const isFurther = (old: ListedThreadJson) =>
    last !== undefined && !ids.has(old.id) && byActivity(old, last) > 0;
  const kept = followsOn && meta.next_page_route !== null ? state.threads.filter(isFurther) : [];
  const next = kept.length > 0 ? state.threadPages.next : meta.next_page_route;
  return withThreads({ ...state, threadPages: { next, total: meta.total } }, [...data, ...kept]);
}

/** The list of a person, of which only the first page is loaded. */
export const withFirstThreads = (state: State, { data, meta }: ThreadPage): State =>
  withThreads({ ...state, threadPages: { next: meta.next_page_route, total: meta.total } }, data);

/** The list with a page behind what is loaded. */
export function withMoreThreads(state: State, { data, meta }: ThreadPage): State {
  const pages = { next: meta.next_page_route, total: meta.total };
  return { ...addThreads(state, data), threadPages: pages };
}

/** The list with threads that may be anywhere in it. */
export function addThreads(state: State, added: readonly ListedThreadJson[]): State {
  const ids = new Set(added.map(({ id }) => id));
  const others = state.threads.filter(({ id }) => !ids.has(id));
  return { ...state, threads: [...others, ...added].sort(byActivity) };
}

/** The list without a thread. */
export const withoutThread = (state: State, id: string): State =>
  withThreads(
    state,
    state.threads.filter((thread) => thread.id !== id),
  );

/** The list with a thread that is read. */
export const withReadThread = (state: State, id: string): State => ({
  ...state,
  threads: state.threads.map((thread) =>
    thread.id === id ? { ...thread, unread: false, unread_count: 0 } : thread,
  ),
});

/** The place of the thread under the cursor: the one it was moved to, else the open one. */
export function threadPlace({ pane, threads, threadCursor, threadId }: State): number {
  const at = pane === 'threads' && threadCursor !== null ? threadCursor : threadId;
  return Math.max(
    0,
    threads.findIndex(({ id }) => id === at),
  );
}

/** Moves the cursor down by this many threads, at most to the last one that is loaded. */
export function moveThreadCursor(state: State, by: number): State {
  const place = Math.max(0, Math.min(state.threads.length - 1, threadPlace(state) + by));
  return { ...state, threadCursor: state.threads[place]?.id ?? null };
}

/** How near the cursor may come to the last loaded thread before more are loaded. */
const margin = 25;

/** Whether more threads should be loaded. */
export const needsMoreThreads = (state: State): boolean =>
  state.threadPages.next !== null && threadPlace(state) >= state.threads.length - margin;

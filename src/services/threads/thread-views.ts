import type { Participant } from '../../domain/participant.ts';
import type { Profile } from '../../domain/profile.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Store } from '../../store/store.ts';
import { latestViews, type MessageView } from '../messages/message-views.ts';
import { loadProfiles } from '../users/profiles.ts';

/** A thread as one of its participants sees it. */
export interface ThreadView {
  thread: Thread;
  /** The participant who sees it. */
  me: Participant;
  unreadCount: number;
  latest: MessageView | null;
  /** The other person in a private thread; null in a group. */
  recipient: Profile | null;
}

/** Threads as a participant sees them, in a few queries for any number. Skips threads they are not in. */
export async function threadViews(
  store: Store,
  user: User,
  threads: readonly Thread[],
): Promise<ThreadView[]> {
  const ids = threads.map(({ id }) => id);
  const mine = await store.conversations.participations(user.id, ids);
  const latest = await latestViews(store, threads);
  const recipients = await recipientsOf(store, user, threads);
  const byThread = new Map(mine.map((one) => [one.participant.threadId, one]));
  return threads.flatMap((thread) => {
    const found = byThread.get(thread.id);
    if (found === undefined) return [];
    const { participant: me, unreadCount } = found;
    const recipient = recipients(thread);
    return [{ thread, me, unreadCount, latest: latest.get(thread.id) ?? null, recipient }];
  });
}

/** One thread as a person sees it; undefined when they are not in it. */
export async function threadView(store: Store, user: User, thread: Thread): Promise<ThreadView | undefined> {
  const [view] = await threadViews(store, user, [thread]);
  return view;
}

async function recipientsOf(store: Store, user: User, threads: readonly Thread[]) {
  const talks = threads.filter(({ kind }) => kind === 'private').map(({ id }) => id);
  const others = await store.conversations.others(user.id, talks);
  const profiles = await loadProfiles(
    store,
    [...others.values()].map((id) => ({ type: 'user', id }) as const),
  );
  return ({ id, kind }: Thread): Profile | null =>
    kind === 'private' ? profiles({ type: 'user', id: others.get(id) ?? '' }) : null;
}

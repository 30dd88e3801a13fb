import { isUnread, type Thread, type ThreadKind } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { pageOfMessages } from '../messages/list-messages.ts';
import type { MessageView } from '../messages/message-views.ts';
import { mapPage, type Page, pageSizes, readPage } from '../pages.ts';
import { assertPermitted } from '../participants/assert-permitted.ts';
import { pageOfParticipants } from '../participants/list-participants.ts';
import type { ParticipantView } from '../participants/participant-views.ts';
import { requireParticipant } from '../participants/require-participant.ts';
import { markRead } from './mark-read.ts';
import { type ThreadView, threadView, threadViews } from './thread-views.ts';

type Reading = Pick<Context, 'store'>;

const notPermitted = 'Not authorized to view thread.';

/**
 * The threads of a person, ordered by latest activity.
 *
 * @param before only those with activity older than this one's
 */
export async function listThreads(
  { store }: Reading,
  {
    user,
    kind,
    before,
  }: { user: User; kind?: ThreadKind | undefined; before?: Pick<Thread, 'id' | 'updatedAt'> | undefined },
): Promise<Page<ThreadView>> {
  const page = await readPage(
    pageSizes.threads,
    before,
    (limit) => store.conversations.page(user.id, { kind, before, limit }),
    () => store.conversations.count(user.id, kind),
  );
  return mapPage(page, await threadViews(store, user, page.items));
}

/** The threads of a person whose name contains a text: a page without a next one. */
export async function searchThreads(
  { store }: Reading,
  { user, text }: { user: User; text: string },
): Promise<Page<ThreadView>> {
  const size = pageSizes.threads.first;
  const found = await store.conversations.named(user.id, text, size);
  const items = await threadViews(store, user, found);
  return { items, pageId: null, nextId: null, size, total: items.length };
}

/**
 * One thread as a participant sees it.
 *
 * @throws NOT_PERMITTED
 */
export async function viewThread({ store }: Reading, thread: Thread, user: User): Promise<ThreadView> {
  const view = await threadView(store, user, thread);
  assertPermitted(view !== undefined, notPermitted);
  return view;
}

/** What can be loaded with a thread. */
export const loadables = ['participants', 'messages', 'mark-read'] as const;
export type Loadable = (typeof loadables)[number];

/** A thread with the first pages of what was requested. */
export interface LoadedThread {
  view: ThreadView;
  participants: Page<ParticipantView> | null;
  messages: Page<MessageView> | null;
}

/**
 * One thread with its participants and newest messages, as requested. Marks it as read if requested.
 *
 * @throws NOT_PERMITTED
 */
export async function loadThread(
  context: Context,
  {
    thread,
    user,
    asked = loadables,
  }: { thread: Thread; user: User; asked?: readonly Loadable[] | undefined },
): Promise<LoadedThread> {
  await requireParticipant(context, { thread, user, errorMessage: notPermitted });
  if (asked.includes('mark-read')) await markRead(context, thread, user);
  return {
    view: await viewThread(context, thread, user),
    participants: asked.includes('participants') ? await pageOfParticipants(context, thread) : null,
    messages: asked.includes('messages') ? await pageOfMessages(context, { thread }) : null,
  };
}

/**
 * Whether a thread has activity that a participant has not read.
 *
 * @throws NOT_PERMITTED
 */
export async function isThreadUnread(context: Reading, thread: Thread, user: User): Promise<boolean> {
  const { lastReadAt } = await requireParticipant(context, { thread, user, errorMessage: notPermitted });
  return isUnread(thread, lastReadAt);
}

import { type FileKind, fileKinds } from '../../domain/file-kind.ts';
import type { Message } from '../../domain/message.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { mapPage, type Page, pageSizes, readPage } from '../pages.ts';
import { requireParticipant } from '../participants/require-participant.ts';
import {
  type MessageView,
  messageView,
  messageViews,
  type ReactionView,
  reactionViews,
} from './message-views.ts';

type Reading = Pick<Context, 'store'>;

/** Which messages to list: all, system messages, or those with files of a kind. */
export type MessageFilter = 'all' | 'system' | FileKind;

/**
 * The messages of a thread, newest first.
 *
 * @param before only messages older than this one
 * @throws NOT_PERMITTED
 */
export async function listMessages(
  context: Reading,
  {
    thread,
    user,
    filter = 'all',
    before,
  }: { thread: Thread; user: User; filter?: MessageFilter | undefined; before?: Message | undefined },
): Promise<Page<MessageView>> {
  // The original has a separate error message for later pages of the list of all messages.
  const isLater = filter === 'all' && before !== undefined;
  await requireParticipant(context, {
    thread,
    user,
    errorMessage: `Not authorized to view ${isLater ? 'message' : 'messages'}.`,
  });
  return pageOfMessages(context, { thread, filter, before });
}

/** A page of messages. The caller has checked that the person is in the thread. */
export async function pageOfMessages(
  { store }: Reading,
  {
    thread,
    filter = 'all',
    before,
  }: { thread: Thread; filter?: MessageFilter | undefined; before?: Message | undefined },
): Promise<Page<MessageView>> {
  const which = queryOf(filter);
  const page = await readPage(
    pageSizes.messages,
    before,
    (limit) => store.messages.page(thread.id, { ...which, older: before?.sequence, limit }),
    () => store.messages.count(thread.id, which),
  );
  return mapPage(page, await messageViews(store, thread, page.items));
}

function queryOf(filter: MessageFilter): { type?: number; system?: boolean } {
  if (filter === 'all') return {};
  return filter === 'system' ? { system: true } : { type: fileKinds[filter].messageType };
}

/**
 * One message as the participants of its thread see it.
 *
 * @throws NOT_PERMITTED
 */
export async function viewMessage(
  context: Reading,
  { thread, user, message }: { thread: Thread; user: User; message: Message },
): Promise<MessageView> {
  await requireParticipant(context, { thread, user, errorMessage: 'Not authorized to view message.' });
  return messageView(context.store, thread, message);
}

/**
 * The reactions to a message, oldest first.
 *
 * @throws NOT_PERMITTED
 */
export async function viewReactions(
  context: Reading,
  { thread, user, message }: { thread: Thread; user: User; message: Message },
): Promise<ReactionView[]> {
  await requireParticipant(context, {
    thread,
    user,
    errorMessage: 'Not authorized to view message reactions.',
  });
  return reactionViews(context.store, message);
}

import { setImmediate } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Message } from '../../domain/message.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Hit } from '../../store/message-places.ts';
import type { Context } from '../context.ts';
import { type Page, pageSizes } from '../pages.ts';
import { requireParticipant } from '../participants/require-participant.ts';
import { type MessageView, messageViews } from './message-views.ts';

type Reading = Pick<Context, 'store'>;

/**
 * How many messages are read at once: reading blocks this process, for a few milliseconds with this number. And how
 * many are read for one search: the newest ones.
 */
const atOnce = 2_000;
const mostRead = 1_000_000;

/** Searches that run at the same time share this process with everything else. */
const searching = pLimit(2);

/** What is searched for. */
interface Search {
  thread: Thread;
  user: User;
  text: string;
  /** Only messages older than this one. */
  before?: Message | undefined;
}

/**
 * The messages of a thread that contain a text, ignoring case, newest first. The total is that of all of them, whichever
 * page it is.
 *
 * @throws NOT_PERMITTED
 */
export async function searchMessages(
  context: Reading,
  { thread, user, text, before }: Search,
): Promise<Page<MessageView>> {
  await requireParticipant(context, { thread, user, errorMessage: 'Not authorized to view messages.' });
  const { next: size } = pageSizes.messages;
  const { hits, total } = await searching(() => hitsOf(context, { thread, text, before, size }));
  const page = hits.slice(0, size);
  const found = await messagesOf(context, page);
  return {
    items: await messageViews(context.store, thread, found),
    pageId: before?.id ?? null,
    nextId: hits.length > size ? (page.at(-1)?.id ?? null) : null,
    size,
    total,
  };
}

/** The hits of a page and the one after it. Reads the thread piece by piece, and lets other work happen in between. */
async function hitsOf(
  { store }: Reading,
  { thread, text, before, size }: Omit<Search, 'user'> & { size: number },
): Promise<{ hits: Hit[]; total: number }> {
  const hits: Hit[] = [];
  const edge = before?.sequence ?? Number.MAX_SAFE_INTEGER;
  let total = 0;
  let position: number | undefined = Number.MAX_SAFE_INTEGER;
  for (let read = 0; read < mostRead && position !== undefined; read += atOnce) {
    const from = await store.messagePlaces.positionBefore(thread.id, position, atOnce);
    const stretch = { from: from ?? 0, before: position };
    const found = await store.messagePlaces.containing(thread.id, stretch, text);
    total += found.length;
    hits.push(...found.filter(({ sequence }) => sequence < edge).slice(0, size + 1 - hits.length));
    position = from;
    await setImmediate();
  }
  return { hits, total };
}

/** The messages of a page in its order. One that was archived meanwhile is left out. */
async function messagesOf({ store }: Reading, page: readonly Hit[]): Promise<Message[]> {
  const found = await store.messages.findAll(page.map(({ id }) => id));
  return found.sort((one, other) => other.sequence - one.sequence);
}

import { createError } from '../../base/errors.ts';
import type { Message } from '../../domain/message.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { type SystemMessageType, storeSystemMessage, tellOf } from '../messages/system-message.ts';

/** What was changed, and what the world hears of it. */
export interface Change<Result> {
  result: Result;
  /** What the system writes into the thread: it continues the person's name. */
  says?: { type: SystemMessageType; body: string } | undefined;
  /** Tells listeners, after the system's message. */
  tell?: (() => void) | undefined;
  /** The thread as it is now, where that was changed. */
  thread?: Thread;
}

/**
 * Changes something of a thread in one transaction with what the system writes of it, and tells of it afterwards.
 *
 * @param change does it inside the transaction, with the thread as it is then; what it throws undoes everything
 * @throws NOT_LOCATED when the thread was removed
 */
export async function changeThread<Result>(
  context: Context,
  {
    thread,
    user,
    change,
  }: { thread: Thread; user: User; change: (transaction: Store, now: Thread) => Promise<Change<Result>> },
): Promise<Result> {
  const { changed, message } = await context.store.transaction(async (transaction) => {
    // One that is not there yet is about to be made.
    const now = (await transaction.threads.find(thread.id)) ?? thread;
    if (now.archivedAt !== null) throw createError('NOT_LOCATED', 'thread');
    const done = await change(transaction, now);
    return { changed: done, message: await write(context, transaction, done.thread ?? thread, user, done) };
  });
  tellOf(context, changed.thread ?? thread, message);
  changed.tell?.();
  return changed.result;
}

async function write(
  context: Context,
  transaction: Store,
  thread: Thread,
  user: User,
  { says }: Change<unknown>,
): Promise<Message | null> {
  return says
    ? storeSystemMessage(context, { transaction, thread, user, type: says.type, body: says.body })
    : null;
}

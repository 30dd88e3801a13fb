import { createError } from '../../base/errors.ts';
import type { Message } from '../../domain/message.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { emitSystemMessage, type SystemMessageType, storeSystemMessage } from '../messages/system-message.ts';

/** The result of a change, and what to announce. */
export interface Change<Result> {
  result: Result;
  /** The system message to write into the thread. Its body follows the person's name. */
  says?: { type: SystemMessageType; body: string } | undefined;
  /** Emits events, after the system message. */
  emit?: (() => void) | undefined;
  /** The thread after the change, if the thread itself changed. */
  thread?: Thread;
}

/**
 * Changes something in a thread, in one transaction with its system message, and emits the events afterwards.
 *
 * @param change receives the current thread inside the transaction; if it throws, everything is rolled back
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
  const { changed, after, message } = await context.store.transaction(async (transaction) => {
    // A thread that does not exist yet is being created by `change`.
    const now = (await transaction.threads.find(thread.id)) ?? thread;
    if (now.archivedAt !== null) throw createError('NOT_LOCATED', 'thread');
    const done = await change(transaction, now);
    const after = done.thread ?? now;
    return { changed: done, after, message: await write(context, transaction, after, user, done) };
  });
  emitSystemMessage(context, { thread: after, user, message });
  changed.emit?.();
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

import { storedName, threadAvatar } from '../../domain/file-path.ts';
import type { Thread } from '../../domain/thread.ts';
import { asProvider, type User } from '../../domain/user.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { discardFiles, storeFile } from '../files/store-file.ts';
import { storeSystemMessage, tellOf } from '../messages/system-message.ts';
import { assertPermitted } from '../participants/assert-permitted.ts';
import { checkGroupAdmin } from './group-rights.ts';
import { locateThread } from './locate.ts';

const refusal = 'Not authorized to manage settings.';
const disabled = 'Group avatars are currently disabled.';

/** A picture that was judged to be one. */
interface Picture {
  /** What it is called where it comes from. */
  name: string;
  bytes: Uint8Array;
  /** The ending that its content has. */
  extension: string;
}

/**
 * Gives a group a picture; the one it had goes.
 *
 * @throws NOT_PERMITTED, STORAGE_UNUSABLE
 */
export async function setThreadAvatar(
  context: Context,
  { thread, user, name, bytes, extension }: { thread: Thread; user: User } & Picture,
): Promise<Thread> {
  await checkGroupAdmin(context, { thread, user, sentence: refusal });
  assertPermitted(context.settings.threadAvatars, disabled);
  const avatar = storedName(name, extension);
  return tellAvatar(context, thread, user, avatar, (store) =>
    storeFile(context, { path: threadAvatar(thread.id, avatar), bytes, claim: store }),
  );
}

/**
 * Takes the picture of a group away, if it has one.
 *
 * @throws NOT_PERMITTED
 */
export async function removeThreadAvatar(context: Context, thread: Thread, user: User): Promise<Thread> {
  await checkGroupAdmin(context, { thread, user, sentence: refusal });
  assertPermitted(context.settings.threadAvatars, disabled);
  if (thread.avatar === null) return thread;
  return tellAvatar(context, thread, user, null, (store) => context.store.transaction(store));
}

type Transact = <Result>(store: (transaction: Store) => Promise<Result>) => Promise<Result>;

/** Stores which picture a group has now, removes the one before, and tells of it. */
async function tellAvatar(
  context: Context,
  thread: Thread,
  user: User,
  avatar: string | null,
  transact: Transact,
): Promise<Thread> {
  const { changed, before, message } = await transact(async (transaction) => {
    // Somebody may have changed it since this call began: what goes is the picture that is there now.
    const now = await locateThread({ store: transaction }, thread.id);
    await checkGroupAdmin({ store: transaction }, { thread: now, user, sentence: refusal });
    const old = now.avatar === null ? [] : [threadAvatar(thread.id, now.avatar)];
    await transaction.threads.setAvatar(thread.id, avatar);
    await transaction.unclaimedFiles.insert(old, null, context.clock.now());
    const body = 'updated the avatar';
    const stored = await storeSystemMessage(context, {
      transaction,
      thread,
      user,
      type: 'GROUP_AVATAR_CHANGED',
      body,
    });
    return { changed: { ...now, avatar }, before: old, message: stored };
  });
  tellOf(context, changed, message);
  context.events.emit('ThreadAvatar', { thread: changed, by: asProvider(user) });
  // What cannot be removed now is listed and goes with a later sweep.
  await discardFiles(context, before).catch(() => {});
  return changed;
}

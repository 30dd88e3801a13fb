import { storedName, threadAvatar } from '../../domain/file-path.ts';
import type { Message } from '../../domain/message.ts';
import { userProfile } from '../../domain/profile.ts';
import type { Thread } from '../../domain/thread.ts';
import { asProvider, type User } from '../../domain/user.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { type NewFile, type Picture, replaceFile } from '../files/replace-file.ts';
import { emitSystemMessage, storeSystemMessage } from '../messages/system-message.ts';
import { assertPermitted } from '../participants/assert-permitted.ts';
import { checkGroupAdmin } from './group-rights.ts';
import { locateThread } from './locate.ts';

const notPermitted = 'Not authorized to manage settings.';

/** The group whose picture changes, and who changes it. */
interface AvatarChange {
  thread: Thread;
  user: User;
}

/**
 * Sets the picture of a group and removes the previous one.
 *
 * @throws NOT_PERMITTED, STORAGE_UNUSABLE
 */
export async function setThreadAvatar(
  context: Context,
  { picture, ...change }: AvatarChange & { picture: Picture },
): Promise<Thread> {
  await checkRight(context, change);
  const avatar = storedName(picture.name, picture.extension);
  const path = threadAvatar(change.thread.id, avatar);
  return changeAvatar(context, { ...change, avatar, file: { path, bytes: picture.bytes } });
}

/**
 * Removes the picture of a group, if it has one.
 *
 * @throws NOT_PERMITTED
 */
export async function removeThreadAvatar(context: Context, change: AvatarChange): Promise<Thread> {
  await checkRight(context, change);
  if (change.thread.avatar === null) return change.thread;
  return changeAvatar(context, { ...change, avatar: null, file: null });
}

async function checkRight(context: Context, { thread, user }: AvatarChange): Promise<void> {
  await checkGroupAdmin(context, { thread, user, errorMessage: notPermitted });
  assertPermitted(context.settings().threadAvatars, 'Group avatars are currently disabled.');
}

type NewAvatar = AvatarChange & { avatar: string | null; file: NewFile | null };

async function changeAvatar(context: Context, { file, ...change }: NewAvatar): Promise<Thread> {
  const { user } = change;
  const claim = (transaction: Store) => storeChange(context, transaction, change);
  const { thread, message } = await replaceFile(context, { file, claim });
  emitSystemMessage(context, { thread, user, message });
  context.events.emit('ThreadAvatar', { thread, by: asProvider(user), profile: userProfile(user) });
  return thread;
}

/** @throws NOT_PERMITTED, NOT_LOCATED */
async function storeChange(
  context: Context,
  transaction: Store,
  { thread: { id }, user, avatar }: Omit<NewAvatar, 'file'>,
): Promise<{ thread: Thread; oldPaths: string[]; message: Message | null }> {
  // Another call may have changed it since this one began: remove the current picture.
  const now = await locateThread({ store: transaction }, id);
  await checkGroupAdmin({ store: transaction }, { thread: now, user, errorMessage: notPermitted });
  const oldPaths = now.avatar === null ? [] : [threadAvatar(id, now.avatar)];
  const thread = { ...now, avatar };
  await transaction.threads.setAvatar(id, avatar);
  await transaction.unclaimedFiles.insert(oldPaths, null, context.clock.now());
  const type = 'GROUP_AVATAR_CHANGED';
  const body = 'updated the avatar';
  const message = await storeSystemMessage(context, { transaction, thread: now, user, type, body });
  return { thread, oldPaths, message };
}

import type { AvatarJson } from '../../api/provider.ts';
import type { Profile } from '../../domain/profile.ts';
import type { Thread, ThreadKind } from '../../domain/thread.ts';
import { avatarBelow, defaultImage, presentProvider } from './provider.ts';

/** The numbers and names of the thread types. */
export const threadTypes: Readonly<Record<ThreadKind, { type: number; verbose: string }>> = {
  private: { type: 1, verbose: 'PRIVATE' },
  group: { type: 2, verbose: 'GROUP' },
};

/** The addresses of a group's picture. */
const groupAvatarPaths = ({ id, avatar }: Thread): AvatarJson =>
  avatarBelow(`/messenger/assets/threads/${id}/avatar`, avatar ?? defaultImage);

/**
 * The name and picture of a thread. A group has its own, a private thread has those of the other person.
 *
 * @param recipient the other person; null in a group
 */
export function presentThreadName(thread: Thread, recipient: Profile | null) {
  if (recipient === null) return { name: thread.subject ?? '', avatar: groupAvatarPaths(thread) };
  const { name, avatar } = presentProvider(recipient);
  return { name, avatar };
}

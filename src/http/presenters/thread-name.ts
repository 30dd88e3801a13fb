import type { AvatarJson } from '../../api/provider.ts';
import type { Thread, ThreadKind } from '../../domain/thread.ts';
import type { Profile } from '../../services/users/profiles.ts';
import { avatarBelow, defaultImage, presentProvider } from './provider.ts';

/** The numbers and the names of the types of threads. */
export const threadTypes: Readonly<Record<ThreadKind, { type: number; verbose: string }>> = {
  private: { type: 1, verbose: 'PRIVATE' },
  group: { type: 2, verbose: 'GROUP' },
};

/** The addresses of a group's picture. */
const groupAvatarPaths = ({ id, avatar }: Thread): AvatarJson =>
  avatarBelow(`/messenger/assets/threads/${id}/avatar`, avatar ?? defaultImage);

/**
 * What a thread is called and looks like: a group by itself, a private talk as whom one talks to.
 *
 * @param recipient whom one talks to; null in a group
 */
export function presentThreadName(thread: Thread, recipient: Profile | null) {
  if (recipient === null) return { name: thread.subject ?? '', avatar: groupAvatarPaths(thread) };
  const { name, avatar } = presentProvider(recipient);
  return { name, avatar };
}

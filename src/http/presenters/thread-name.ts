import type { Thread, ThreadKind } from '../../domain/thread.ts';
import type { Profile } from '../../services/profiles.ts';
import type { Look } from './look.ts';
import { defaultPicture, presentProvider, type Sizes, sizes } from './provider.ts';

const types: Readonly<Record<ThreadKind, { type: number; verbose: string }>> = {
  private: { type: 1, verbose: 'PRIVATE' },
  group: { type: 2, verbose: 'GROUP' },
};

/** The type of a thread as a number and as a word, under names that begin with the prefix. */
export const presentThreadType = ({ kind }: Thread, prefix = '') => ({
  [`${prefix}type`]: types[kind].type,
  [`${prefix}type_verbose`]: types[kind].verbose,
});

/** What a thread is called: a group has a name, a private talk that of whom one talks to. */
export const presentThreadName = (thread: Thread, recipient: Profile | null, look: Look): string =>
  recipient === null ? look.text(thread.subject ?? '') : presentProvider(recipient, look).name;

/** The picture of a group, or of whom one talks to. */
export const threadAvatar = (thread: Thread, recipient: Profile | null = null, look?: Look): Sizes =>
  recipient !== null && look !== undefined
    ? presentProvider(recipient, look).avatar
    : sizes(
        (size) => `/messenger/assets/threads/${thread.id}/avatar/${size}/${thread.avatar ?? defaultPicture}`,
      );

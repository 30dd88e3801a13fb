import { isDeepStrictEqual } from 'node:util';
import { userProfile } from '../../domain/profile.ts';
import type { Thread, ThreadSettings } from '../../domain/thread.ts';
import { asProvider, type User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { changeThread } from './change-thread.ts';
import { checkGroupAdmin } from './group-rights.ts';

/** The changes to a group. Omitted fields stay as they are. */
export interface SettingsChange {
  subject: string;
  settings: Partial<ThreadSettings>;
}

const notPermitted = 'Not authorized to manage settings.';

/**
 * Changes the name and the settings of a group, and emits an event if something changed.
 *
 * @throws NOT_PERMITTED
 */
export async function updateSettings(
  context: Context,
  { thread, user, subject, settings }: { thread: Thread; user: User } & SettingsChange,
): Promise<Thread> {
  return changeThread(context, {
    thread,
    user,
    change: async (transaction, before) => {
      await checkGroupAdmin({ store: transaction }, { thread: before, user, errorMessage: notPermitted });
      // Omitted fields keep their current values, even if changed since this call began.
      const changed = { ...before, subject, settings: { ...before.settings, ...settings } };
      if (isDeepStrictEqual(changed, before)) return { result: before };
      await transaction.threads.update(changed);
      await transaction.threads.botsChanged(thread.id);
      return {
        result: changed,
        thread: changed,
        says:
          subject === before.subject
            ? undefined
            : { type: 'GROUP_RENAMED', body: `renamed the group to ${subject}` },
        emit: () => {
          const event = { thread: changed, by: asProvider(user), profile: userProfile(user) };
          context.events.emit('ThreadSettings', event);
        },
      };
    },
  });
}

/**
 * Throws when a person may not see the settings of a group.
 *
 * @throws NOT_PERMITTED
 */
export async function checkSettingsViewer(context: Context, thread: Thread, user: User): Promise<void> {
  await checkGroupAdmin(context, { thread, user, errorMessage: notPermitted });
}

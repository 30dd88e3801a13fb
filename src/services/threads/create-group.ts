import { newId } from '../../base/ids.ts';
import { newGroup } from '../../domain/thread.ts';
import { asProvider, type User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { addPeople, type NamedProvider } from '../participants/add-participants.ts';
import { changeThread } from './change-thread.ts';
import { joinThread } from './join-thread.ts';
import { type ThreadView, threadView } from './thread-views.ts';

/**
 * Creates a group with its first admin, and adds people to it.
 *
 * @returns the new group with the message that announces it, before anybody was added
 */
export async function createGroup(
  context: Context,
  { user, subject, providers }: { user: User; subject: string; providers: readonly NamedProvider[] },
): Promise<ThreadView> {
  const { store, clock, events } = context;
  const draft = newGroup(newId(), subject, clock.now());
  const thread = await changeThread(context, {
    thread: draft,
    user,
    change: async (transaction) => {
      await transaction.threads.insert(draft);
      await joinThread(context, { transaction, thread: draft, userIds: [user.id], admin: true });
      return {
        result: draft,
        says: { type: 'GROUP_CREATED', body: `created ${subject}` },
        emit: () => events.emit('NewThread', { thread: draft, by: asProvider(user) }),
      };
    },
  });
  const view = await threadView(store, user, (await store.threads.find(thread.id)) ?? thread);
  if (view === undefined) throw new Error('A group was created without its admin.');
  await changeThread(context, {
    thread,
    user,
    change: (transaction) => addPeople(context, { transaction, thread, user, providers }),
  });
  return view;
}

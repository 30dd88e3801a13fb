import type { Participant } from '../../domain/participant.ts';
import { canManageBots, canSeeActions, canSeeBots } from '../../domain/permission.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { assertPermitted } from '../participants/assert-permitted.ts';
import { requireParticipant } from '../participants/require-participant.ts';
import { locateThread } from '../threads/locate.ts';

type Rights = Pick<Context, 'store' | 'settings'>;

/**
 * Throws when a person may not add, change and remove the bots of a thread. While bots are off, nobody may.
 *
 * @param sentence the error message
 * @throws NOT_PERMITTED
 */
export async function checkBotManager(
  { store, settings }: Rights,
  { thread, user, sentence }: { thread: Thread; user: User; sentence: string },
): Promise<Participant> {
  const participant = await requireParticipant({ store }, { thread, user, sentence });
  assertPermitted(settings().botsEnabled && canManageBots(thread, participant), sentence);
  return participant;
}

/**
 * Same as {@link checkBotManager}, for the transaction of the change: while parameters or a file were
 * checked, the person may have lost the right, or the thread may have been changed or removed.
 *
 * @returns the thread as it is now, for the events of the change
 * @throws NOT_PERMITTED; NOT_LOCATED when the thread was removed
 */
export async function checkBotManagerNow(
  { settings }: Pick<Context, 'settings'>,
  {
    transaction,
    thread,
    user,
    sentence,
  }: { transaction: Store; thread: Thread; user: User; sentence: string },
): Promise<Thread> {
  const now = await locateThread({ store: transaction }, thread.id);
  await checkBotManager({ settings, store: transaction }, { thread: now, user, sentence });
  return now;
}

/**
 * Throws when a person may not see the bots of a thread. While bots are off, nobody may.
 *
 * @param sentence the error message
 * @throws NOT_PERMITTED
 */
export async function checkBotViewer(
  { store, settings }: Rights,
  { thread, user, sentence }: { thread: Thread; user: User; sentence: string },
): Promise<Participant> {
  const participant = await requireParticipant({ store }, { thread, user, sentence });
  assertPermitted(settings().botsEnabled && canSeeBots(thread, participant), sentence);
  return participant;
}

/**
 * Throws when a person may not see the actions of a bot.
 *
 * @param sentence the error message
 * @throws NOT_PERMITTED
 */
export async function checkActionViewer(
  context: Rights,
  {
    thread,
    user,
    hideActions,
    sentence,
  }: { thread: Thread; user: User; hideActions: boolean; sentence: string },
): Promise<Participant> {
  const participant = await checkBotViewer(context, { thread, user, sentence });
  assertPermitted(canSeeActions(thread, participant, hideActions), sentence);
  return participant;
}

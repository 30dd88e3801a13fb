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
 * @param errorMessage the message of NOT_PERMITTED
 * @throws NOT_PERMITTED
 */
export async function checkBotManager(
  { store, settings }: Rights,
  { thread, user, errorMessage }: { thread: Thread; user: User; errorMessage: string },
): Promise<Participant> {
  const participant = await requireParticipant({ store }, { thread, user, errorMessage });
  assertPermitted(settings().botsEnabled && canManageBots(thread, participant), errorMessage);
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
    errorMessage,
  }: { transaction: Store; thread: Thread; user: User; errorMessage: string },
): Promise<Thread> {
  const now = await locateThread({ store: transaction }, thread.id);
  await checkBotManager({ settings, store: transaction }, { thread: now, user, errorMessage });
  return now;
}

/**
 * Throws when a person may not see the bots of a thread. While bots are off, nobody may.
 *
 * @param errorMessage the message of NOT_PERMITTED
 * @throws NOT_PERMITTED
 */
export async function checkBotViewer(
  { store, settings }: Rights,
  { thread, user, errorMessage }: { thread: Thread; user: User; errorMessage: string },
): Promise<Participant> {
  const participant = await requireParticipant({ store }, { thread, user, errorMessage });
  assertPermitted(settings().botsEnabled && canSeeBots(thread, participant), errorMessage);
  return participant;
}

/**
 * Throws when a person may not see the actions of a bot.
 *
 * @param errorMessage the message of NOT_PERMITTED
 * @throws NOT_PERMITTED
 */
export async function checkActionViewer(
  context: Rights,
  {
    thread,
    user,
    hideActions,
    errorMessage,
  }: { thread: Thread; user: User; hideActions: boolean; errorMessage: string },
): Promise<Participant> {
  const participant = await checkBotViewer(context, { thread, user, errorMessage });
  assertPermitted(canSeeActions(thread, participant, hideActions), errorMessage);
  return participant;
}

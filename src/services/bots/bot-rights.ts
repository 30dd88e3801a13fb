import type { Participant } from '../../domain/participant.ts';
import { canManageBots, canSeeActions, canSeeBots } from '../../domain/permission.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Store } from '../../store/store.ts';
import type { Services } from '../context.ts';
import { permit } from '../participants/assert-permitted.ts';
import { participation } from '../participants/require-participant.ts';
import { locateThread } from '../threads/locate.ts';

type Rights = Pick<Services, 'store' | 'settings'>;

/**
 * Refuses whoever may not add, change and remove the bots of a thread, and everybody while bots are off.
 *
 * @param sentence what they are told
 * @throws NOT_PERMITTED
 */
export async function checkBotManager(
  { store, settings }: Rights,
  thread: Thread,
  user: User,
  sentence: string,
): Promise<Participant> {
  const participant = await participation({ store }, thread, user, sentence);
  permit(settings.botsEnabled && canManageBots(thread, participant), sentence);
  return participant;
}

/**
 * As {@link checkBotManager}, in the transaction of what is to be permitted: somebody may have lost the right, or
 * the thread may have been removed, while parameters or a file were looked at.
 *
 * @throws NOT_PERMITTED, NOT_LOCATED when the thread was removed
 */
export async function checkBotManagerNow(
  { settings }: Pick<Services, 'settings'>,
  transaction: Store,
  thread: Thread,
  user: User,
  sentence: string,
): Promise<void> {
  const now = await locateThread({ store: transaction }, thread.id);
  await checkBotManager({ settings, store: transaction }, now, user, sentence);
}

/**
 * Refuses whoever does not see the bots of a thread, and everybody while bots are off.
 *
 * @param sentence what they are told
 * @throws NOT_PERMITTED
 */
export async function checkBotViewer(
  { store, settings }: Rights,
  thread: Thread,
  user: User,
  sentence: string,
): Promise<Participant> {
  const participant = await participation({ store }, thread, user, sentence);
  permit(settings.botsEnabled && canSeeBots(thread, participant), sentence);
  return participant;
}

/**
 * Refuses whoever does not see the actions of a bot.
 *
 * @param sentence what they are told
 * @throws NOT_PERMITTED
 */
export async function checkActionViewer(
  services: Rights,
  thread: Thread,
  user: User,
  hideActions: boolean,
  sentence: string,
): Promise<Participant> {
  const participant = await checkBotViewer(services, thread, user, sentence);
  permit(canSeeActions(thread, participant, hideActions), sentence);
  return participant;
}

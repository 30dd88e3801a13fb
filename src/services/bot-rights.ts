import type { Participant } from '../domain/participant.ts';
import { canManageBots, canSeeActions, canSeeBots } from '../domain/permission.ts';
import type { Thread } from '../domain/thread.ts';
import type { User } from '../domain/user.ts';
import type { Services } from './context.ts';
import { participation } from './participation.ts';
import { permit } from './permit.ts';

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

import { failure } from '../base/errors.ts';
import type { Participant } from '../domain/participant.ts';
import { canManageBots, canSeeActions, canSeeBots } from '../domain/permission.ts';
import type { Thread } from '../domain/thread.ts';
import type { User } from '../domain/user.ts';
import type { Services } from './context.ts';

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
  const participant = await store.participants.find(thread.id, user.id);
  if (participant && settings.botsEnabled && canManageBots(thread, participant)) return participant;
  throw failure('NOT_PERMITTED', sentence);
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
  const participant = await store.participants.find(thread.id, user.id);
  if (participant && settings.botsEnabled && canSeeBots(thread, participant)) return participant;
  throw failure('NOT_PERMITTED', sentence);
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
  if (canSeeActions(thread, participant, hideActions)) return participant;
  throw failure('NOT_PERMITTED', sentence);
}

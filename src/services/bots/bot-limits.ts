import { type FieldErrors, invalidInput } from '../../base/errors.ts';
import type { BotAction } from '../../domain/bot-action.ts';
import { jsonBytes, kilobytes } from '../../domain/limits.ts';
import type { Thread } from '../../domain/thread.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';

type Limited = Pick<Context, 'settings'>;
type Weighed = Pick<BotAction, 'triggers' | 'payload'>;

/**
 * Throws when a group already has the maximum number of bots. Call it in the transaction that adds one.
 *
 * @throws INVALID_INPUT
 */
export async function requireRoomForBot({ settings }: Limited, store: Store, thread: Thread): Promise<void> {
  const { bots } = settings().limits;
  if ((await store.bots.actionWeights(thread.id)).length < bots) return;
  throw invalidInput({ bots: [`The group must not have more than ${bots} bots.`] });
}

/**
 * Errors when a bot has too many actions, or all actions of a group have too many triggers and payloads. Call
 * it in the transaction that stores them, after storing: an error rolls the transaction back.
 */
export async function roomErrors(
  { settings }: Limited,
  { store, thread, botId }: { store: Store; thread: Thread; botId: string },
): Promise<FieldErrors | undefined> {
  const { actions, actionsSize } = settings().limits;
  const weights = await store.bots.actionWeights(thread.id);
  const own = weights.find((weight) => weight.botId === botId)?.actions ?? 0;
  if (own > actions) return { actions: [`The bot must not have more than ${actions} actions.`] };
  const bytes = weights.reduce((sum, weight) => sum + weight.bytes, 0);
  if (bytes <= kilobytes(actionsSize)) return undefined;
  const errorMessage = `The triggers and payloads of a group must not be greater than ${actionsSize} kilobytes together.`;
  return { actions: [errorMessage] };
}

/** Whether an action now takes more space, so that the limit has to be checked. */
export const isHeavier = (action: Weighed, before: Weighed): boolean => weightOf(action) > weightOf(before);

const weightOf = ({ triggers, payload }: Weighed): number => jsonBytes(triggers) + jsonBytes(payload);

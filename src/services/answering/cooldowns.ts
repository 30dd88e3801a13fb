import { timestamp } from '../../base/clock.ts';
import type { SkipReason } from '../../domain/run.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import type { LiveAction } from './thread-triggers.ts';

/** Starts the cooldown of a bot or an action, for as many seconds as it is set to. */
export async function startCooldown(
  { clock }: Pick<Context, 'clock'>,
  store: Store,
  { id, cooldown }: { id: string; cooldown: number },
): Promise<void> {
  const now = clock.milliseconds();
  if (cooldown > 0) await store.cooldowns.start(id, timestamp(now + cooldown * 1000), timestamp(now));
}

/** The actions and bots that are in cooldown, each with the end of its cooldown. */
export function findCooldowns(
  { clock }: Pick<Context, 'clock'>,
  store: Store,
  live: readonly LiveAction[],
): Promise<Map<string, string>> {
  const ids = live.flatMap(({ action, bot }) => [action.id, bot.id]);
  return store.cooldowns.endings(ids, timestamp(clock.milliseconds()));
}

/** Why an action does not run now; null when it does. */
export function skipReason(
  { action, bot }: LiveAction,
  cooldowns: ReadonlyMap<string, string>,
  isGroupAdmin: boolean,
): SkipReason | null {
  if (cooldowns.has(action.id)) return 'action_cooldown';
  if (cooldowns.has(bot.id)) return 'bot_cooldown';
  if (action.adminOnly && !isGroupAdmin) return 'admin_only';
  return null;
}

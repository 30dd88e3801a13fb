import type { BotAction } from './bot-action.ts';
import type { MatchMethod } from './match.ts';
import { splitTriggers } from './triggers.ts';

/** What a handler fixes; null where it leaves the choice. */
interface Fixed {
  matchMethod: MatchMethod | null;
  triggers: readonly string[] | null;
}

/**
 * What an action matches by: what its handler fixes now stands over what was stored when it was attached.
 * With `any` there are no triggers.
 */
export function effectiveMatch(
  fixed: Fixed | undefined,
  stored: Pick<BotAction, 'match' | 'triggers'>,
): { match: MatchMethod; triggers: string[] } {
  const match = fixed?.matchMethod ?? stored.match;
  const triggers = fixed?.triggers ?? splitTriggers(stored.triggers);
  return { match, triggers: match === 'any' ? [] : [...triggers] };
}

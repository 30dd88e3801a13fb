import type { BotAction } from './bot-action.ts';
import type { MatchMethod } from './match.ts';
import { splitTriggers } from './triggers.ts';

/** What a handler fixes; null where it leaves a choice. */
interface Fixed {
  matchMethod: MatchMethod | null;
  triggers: readonly string[] | null;
}

/**
 * The match method and triggers in effect. What the handler fixes overrides what was stored at attaching.
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

import { createError } from '../../base/errors.ts';
import type { BotAction } from '../../domain/bot-action.ts';
import type { MatchMethod } from '../../domain/match.ts';
import { splitTriggers } from '../../domain/triggers.ts';
import type { HandlerDescription } from '../../sandbox/protocol.ts';

/** What to try instead of what is written; what is left out stays. */
export interface TriggerChange {
  match?: MatchMethod | undefined;
  triggers?: readonly string[] | undefined;
}

/** The match method and triggers of an action. */
export interface Listening {
  match: MatchMethod;
  /** Empty with `any`. */
  triggers: readonly string[];
}

/**
 * What an action would listen to after a change. What the handler fixes is changed too, as if its file said so.
 *
 * @param handler undefined if it is gone
 * @param stored the action; undefined for a handler that is not attached
 * @throws WRONG_USE when the method and the triggers do not fit together, or one of them is not known
 */
export function changedListening(
  alias: string,
  handler: Pick<HandlerDescription, 'matchMethod' | 'triggers'> | undefined,
  stored: Pick<BotAction, 'match' | 'triggers'> | undefined,
  change: TriggerChange,
): Listening {
  const match = change.match ?? handler?.matchMethod ?? stored?.match;
  if (match === undefined) throw createError('WRONG_USE', choosesMatch(alias));
  if (match === 'any') {
    if (change.triggers !== undefined) throw createError('WRONG_USE', anyWithTriggers(alias, change));
    return { match, triggers: [] };
  }
  const written = handler?.triggers ?? splitTriggers(stored?.triggers ?? null);
  const listening = { match, triggers: change.triggers ?? written };
  if (listening.triggers.length === 0) throw createError('WRONG_USE', noTriggers(alias, match));
  return listening;
}

const choosesMatch = (alias: string): string =>
  `"${alias}" is not attached, and whoever attaches it chooses how it matches. Say what to try: --match METHOD.`;

const noTriggers = (alias: string, match: MatchMethod): string =>
  `"${alias}" has no triggers for the match method "${match}". Say which to try: --triggers "hello|hi".`;

const anyWithTriggers = (alias: string, { match }: TriggerChange): string =>
  match === 'any'
    ? 'The match method "any" fires on every text, so it has no triggers. Leave out --triggers, or choose another --match.'
    : `"${alias}" has the match method "any", which fires on every text and has no triggers. Add --match METHOD.`;

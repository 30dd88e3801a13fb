import { characters } from '../../domain/characters.ts';
import { comparable, matchRule } from '../../domain/match.ts';
import { TriggerIndex } from '../../domain/trigger-index.ts';
import { type Finding, finding, quoted } from './finding.ts';
import type { Listener } from './listeners.ts';

/**
 * The triggers of a listener that can never fire, or never before another of its own.
 *
 * A trigger's text by itself is the shortest message that fires it, with every match method. If another trigger comes
 * first there, then it comes first in every message that fires this one.
 *
 * @param limit characters of a message
 */
export function triggerFindings(listener: Listener, limit: number): Finding[] {
  const { match, triggers } = listener;
  const index = new TriggerIndex([{ item: listener, method: match, triggers }]);
  return triggers.flatMap((trigger) => {
    if (shortestMessage(listener, trigger) > limit) return [tooLong(listener, trigger, limit)];
    const [fired] = index.match(trigger);
    const first = fired?.trigger ?? null;
    if (first === null) return [invisible(listener, trigger)];
    return first === trigger ? [] : [behind(listener, trigger, first)];
  });
}

/**
 * The number of characters of the shortest message that can fire a trigger. No short code is shorter than its emoji,
 * and `İ` is the one letter whose lower-case form has two characters.
 */
export function shortestMessage({ match }: Pick<Listener, 'match'>, trigger: string): number {
  const { caseless } = matchRule(match);
  const text = comparable(trigger, caseless);
  return characters(caseless ? text.replaceAll('i\u0307', 'İ') : text);
}

const tooLong = ({ name, ...listener }: Listener, trigger: string, limit: number): Finding =>
  finding('long-trigger', listener, {
    handler: listener.handler,
    message: `${name}: the trigger ${quoted(trigger)} has ${shortestMessage(listener, trigger)} characters, and a message has at most ${limit} (messages.sizeLimit), so none can have it. Shorten it, or raise the limit.`,
    witness: [...trigger].slice(0, limit).join(''),
  });

const invisible = ({ name, ...listener }: Listener, trigger: string): Finding =>
  finding('invisible-trigger', listener, {
    handler: listener.handler,
    message: `${name}: the trigger ${quoted(trigger)} has nothing visible, so no message can have it. Remove it.`,
    witness: trigger,
  });

function behind({ name, ...listener }: Listener, trigger: string, first: string): Finding {
  const { handler, match } = listener;
  const { caseless } = matchRule(match);
  if (comparable(trigger, caseless) === comparable(first, caseless)) {
    return finding('duplicate-trigger', listener, {
      handler,
      message: `${name}: the trigger ${quoted(trigger)} never fires. With "${match}" it is the same as ${quoted(first)}, which comes first. Remove it.`,
      witness: trigger,
    });
  }
  return finding('shadowed-trigger', listener, {
    handler,
    message: `${name}: the trigger ${quoted(trigger)} is never the one that fires. Every message that has it also has ${quoted(first)}, which comes first. Remove it, or put it before ${quoted(first)}.`,
    witness: trigger,
  });
}

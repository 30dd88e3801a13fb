import type { Timestamp } from '../base/clock.ts';
import type { ActionVerdict } from '../domain/verdict.ts';

/** A rule that a handler has broken. */
export interface Violation {
  rule: 'failed' | 'deadline' | 'cooldown' | 'replies' | 'loop';
  /** What happened, in words. */
  message: string;
  /** The code of the error, if there is one. */
  code: string | null;
  /** The place in the author's file, if it is known. */
  at: string | null;
}

const violation = (rule: Violation['rule'], message: string): Violation => ({
  rule,
  message,
  code: null,
  at: null,
});

/** No run fails, and none misses its deadline. */
export function brokenRun(rows: readonly ActionVerdict[]): Violation | null {
  const row = rows.find(({ verdict }) => ['failed', 'timed_out'].includes(verdict));
  if (row === undefined) return null;
  const { code = null, at = null, message = 'The reason is unknown.' } = row.error ?? {};
  return { rule: row.verdict === 'timed_out' ? 'deadline' : 'failed', message, code, at };
}

/**
 * No action runs during its cooldown or that of its bot.
 *
 * @param cooldowns those that had begun before the message, with their ends
 */
export function brokenCooldown(
  rows: readonly ActionVerdict[],
  cooldowns: ReadonlyMap<string, Timestamp>,
): Violation | null {
  const ran = rows.find(({ run }) => run !== null && run.status !== 'skipped');
  const until = ran && (cooldowns.get(ran.action.id) ?? cooldowns.get(ran.bot.id));
  return until === undefined
    ? null
    : violation('cooldown', `It answered again during a cooldown that ends at ${until}.`);
}

/** One message gets few answers. */
export const brokenReplies = (count: number, most: number): Violation | null =>
  count <= most
    ? null
    : violation('replies', `It posted ${count} messages in answer to one; at most ${most} are allowed.`);

/** Bots do not answer bots, or two of them would never end. */
export const brokenSilence = (hasAnsweredBot: boolean): Violation | null =>
  hasAnsweredBot ? violation('loop', 'It answered the message of a bot.') : null;

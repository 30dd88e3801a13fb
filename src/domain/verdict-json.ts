import type { NearMiss } from './near-miss.ts';
import type { ActionVerdict } from './verdict.ts';
import { verdictSentence } from './verdict-sentence.ts';

const nearMissJson = (miss: NearMiss) => ({
  trigger: miss.trigger,
  reason: miss.reason,
  position: miss.position,
  expected: miss.expected,
  found: miss.found,
  before: miss.before,
  after: miss.after,
  case_differs: miss.caseDiffers,
  distance: miss.distance,
});

/** The verdict of an action as JSON, the same in the HTTP API, on the command line and for coding agents. */
export const verdictJson = (row: ActionVerdict) => ({
  bot: { id: row.bot.id, name: row.bot.name },
  action_id: row.action.id,
  handler: row.action.handler,
  verdict: row.verdict,
  sentence: verdictSentence(row),
  trigger: row.trigger,
  near_miss: row.nearMiss && nearMissJson(row.nearMiss),
  cooldown: row.cooldown && {
    of: row.cooldown.of,
    seconds_left: row.cooldown.left,
    until: row.cooldown.until,
  },
  error: row.error && {
    code: row.error.code,
    message: row.error.message,
    stack: row.error.stack,
    at: row.error.at,
  },
  retry_at: row.retryAt,
  changed_since: row.changedSince,
  trace: row.trace,
});

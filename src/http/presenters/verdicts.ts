import type { RunJson, VerdictsJson } from '../../api/run.ts';
import type { MessageVerdicts, RunVerdict } from '../../services/answering/message-verdicts.ts';

/** A run, as the inspector shows it. */
const presentRun = ({ run, bot, payload, cooldownLeft }: RunVerdict): RunJson => ({
  id: run.id,
  bot: { id: bot.id, name: bot.name },
  action_id: run.actionId,
  handler: run.handler,
  trigger: run.trigger,
  status: run.status,
  reason: run.reason,
  error: run.error && { code: run.error.code, message: run.error.message, stack: run.error.stack },
  attempts: run.attempts,
  rests_for: cooldownLeft,
  payload,
  started_at: run.startedAt,
  finished_at: run.finishedAt,
});

/** Everything known about how a message was answered. */
export const presentVerdicts = ({ message, ignored, runs, untouched }: MessageVerdicts): VerdictsJson => ({
  message_id: message.id,
  ignored,
  runs: runs.map((verdict) => presentRun(verdict)),
  untouched: untouched.map(({ bot, action, reason }) => ({
    bot: { id: bot.id, name: bot.name },
    action_id: action.id,
    handler: action.handler,
    reason,
  })),
});

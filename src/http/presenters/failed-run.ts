import type { FailedRunJson } from '../../api/run.ts';
import type { FailedRunReport } from '../../services/failed-runs/failed-runs.ts';

/** A failed run as it appears in lists. */
export const presentFailedRun = ({
  id,
  bot,
  handler,
  trigger,
  error,
  attempts,
  startedAt,
  failedAt,
  message,
  payload,
}: FailedRunReport): FailedRunJson => ({
  id,
  bot: { id: bot.id, name: bot.name },
  handler,
  trigger,
  error: { code: error.code, message: error.message, stack: error.stack },
  attempts,
  started_at: startedAt,
  failed_at: failedAt,
  message: message && { id: message.id, body: message.body },
  payload,
});

import type { RunningRunJson } from '../../api/run.ts';
import type { TimedRun } from '../../services/answering/running-runs.ts';

/** A running handler as it appears in lists. */
export const presentRunningRun = ({
  id,
  bot,
  handler,
  message,
  startedAt,
  elapsed,
  timeout,
}: TimedRun): RunningRunJson => ({
  id,
  bot: { id: bot.id, name: bot.name },
  handler,
  message: { id: message.id, body: message.body },
  started_at: startedAt,
  seconds: Math.floor(elapsed / 1_000),
  ends_at_second: Math.ceil(timeout / 1_000),
});

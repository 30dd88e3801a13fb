import { z } from 'zod';
import type { FailedRunReport } from '../../services/failed-runs/failed-runs.ts';

/** A run that failed. */
export const failedRunSchema = z
  .object({
    id: z.string(),
    bot: z.object({ id: z.string(), name: z.string().nullable() }),
    handler: z.string(),
    trigger: z.string().nullable(),
    error: z.object({ code: z.string(), message: z.string(), stack: z.string().nullable() }),
    attempts: z.int(),
    started_at: z.string(),
    failed_at: z.string(),
    message: z.object({ id: z.string(), body: z.string() }).nullable(),
    payload: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'FailedRun' });
export type FailedRunAnswer = z.output<typeof failedRunSchema>;

/** A failed run as lists show it. */
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
}: FailedRunReport): FailedRunAnswer => ({
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

import { z } from 'zod';
import { untouchedReasons } from '../domain/run.ts';

const errorSchema = z.object({ code: z.string(), message: z.string(), stack: z.string().nullable() });

const botName = z.object({ id: z.string(), name: z.string() });

/** What an action did with a message. */
const runSchema = z
  .object({
    id: z.string(),
    bot: botName,
    action_id: z.string(),
    handler: z.string(),
    trigger: z.string().nullable(),
    status: z.string(),
    reason: z.string().nullable(),
    error: errorSchema.nullable(),
    attempts: z.int(),
    rests_for: z.int(),
    payload: z.record(z.string(), z.unknown()).nullable(),
    started_at: z.string(),
    finished_at: z.string().nullable(),
  })
  .meta({ id: 'Run' });
export type RunJson = z.output<typeof runSchema>;

const untouchedSchema = z.object({
  bot: botName,
  action_id: z.string(),
  handler: z.string(),
  reason: z.enum(untouchedReasons),
});
/** An action that did not check a message, and why. */
export type UntouchedJson = z.output<typeof untouchedSchema>;

/** How a message was answered. */
export const verdictsSchema = z
  .object({
    message_id: z.string(),
    ignored: z.string().nullable(),
    runs: z.array(runSchema),
    untouched: z.array(untouchedSchema),
  })
  .meta({ id: 'Verdicts' });
export type VerdictsJson = z.output<typeof verdictsSchema>;

/** A run that failed. */
export const failedRunSchema = z
  .object({
    id: z.string(),
    bot: z.object({ id: z.string(), name: z.string().nullable() }),
    handler: z.string(),
    trigger: z.string().nullable(),
    error: errorSchema,
    attempts: z.int(),
    started_at: z.string(),
    failed_at: z.string(),
    message: z.object({ id: z.string(), body: z.string() }).nullable(),
    payload: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'FailedRun' });
export type FailedRunJson = z.output<typeof failedRunSchema>;

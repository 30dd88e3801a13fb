import { z } from 'zod';
import { nearMissReasons } from '../domain/near-miss.ts';
import { untouchedReasons } from '../domain/run.ts';
import { runTraceSchema } from '../domain/run-trace.ts';
import { text } from '../domain/validation/text.ts';
import { verdictCodes } from '../domain/verdict.ts';

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

/** An action that did not check a message, and why. */
const untouchedSchema = z.object({
  bot: botName,
  action_id: z.string(),
  handler: z.string(),
  reason: z.enum(untouchedReasons),
});

/** Why no trigger of an action matches, shown with the nearest one. Positions count characters from 1. */
const nearMissSchema = z.object({
  trigger: z.string().nullable(),
  reason: z.enum(nearMissReasons),
  position: z.int().nullable(),
  expected: z.string().nullable(),
  found: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  case_differs: z.boolean(),
  distance: z.int().nullable(),
});

/** What an action did with a message, or would do with a text. */
const actionVerdictSchema = z
  .object({
    bot: botName,
    action_id: z.string(),
    handler: z.string(),
    verdict: z.enum(verdictCodes),
    sentence: z.string(),
    trigger: z.string().nullable(),
    near_miss: nearMissSchema.nullable(),
    cooldown: z
      .object({
        of: z.enum(['action', 'bot']),
        seconds_left: z.int().nullable(),
        until: z.string().nullable(),
      })
      .nullable(),
    error: errorSchema.extend({ at: z.string().nullable() }).nullable(),
    retry_at: z.string().nullable(),
    changed_since: z.boolean(),
    trace: runTraceSchema.nullable(),
  })
  .meta({ id: 'ActionVerdict' });
export type ActionVerdictJson = z.output<typeof actionVerdictSchema>;

const explanationFields = { ignored: z.string().nullable(), actions: z.array(actionVerdictSchema) };

/** A text that is explained and not sent. */
export const explainBody = ({ message }: { message: () => number }) =>
  z.object({ message: text(1, message) });

/** What bots would do with a text. */
export const explanationSchema = z.object(explanationFields).meta({ id: 'Explanation' });
export type ExplanationJson = z.output<typeof explanationSchema>;

/** How a message was answered. */
export const verdictsSchema = z
  .object({
    message_id: z.string(),
    ...explanationFields,
    runs: z.array(runSchema),
    untouched: z.array(untouchedSchema),
  })
  .meta({ id: 'Verdicts' });
export type VerdictsJson = z.output<typeof verdictsSchema>;

/** A handler that runs now. Times are in seconds. */
export const runningRunSchema = z
  .object({
    id: z.string(),
    bot: botName,
    handler: z.string(),
    message: z.object({ id: z.string(), body: z.string() }),
    started_at: z.string(),
    seconds: z.int(),
    ends_at_second: z.int(),
  })
  .meta({ id: 'RunningRun' });
export type RunningRunJson = z.output<typeof runningRunSchema>;

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

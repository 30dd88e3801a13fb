import { z } from 'zod';
import {
  type MessageVerdicts,
  type RunVerdict,
  untouchedReasons,
} from '../../services/answering/message-verdicts.ts';

const botName = z.object({ id: z.string(), name: z.string() });

/** What an action made of a message. */
const runSchema = z
  .object({
    id: z.string(),
    bot: botName,
    action_id: z.string(),
    handler: z.string(),
    trigger: z.string().nullable(),
    status: z.string(),
    reason: z.string().nullable(),
    error: z.object({ code: z.string(), message: z.string(), stack: z.string().nullable() }).nullable(),
    attempts: z.int(),
    rests_for: z.int(),
    payload: z.record(z.string(), z.unknown()).nullable(),
    started_at: z.string(),
    finished_at: z.string().nullable(),
  })
  .meta({ id: 'Run' });
export type RunAnswer = z.output<typeof runSchema>;

/** How a message was answered. */
export const verdictsSchema = z
  .object({
    message_id: z.string(),
    ignored: z.string().nullable(),
    runs: z.array(runSchema),
    untouched: z.array(
      z.object({
        bot: botName,
        action_id: z.string(),
        handler: z.string(),
        reason: z.enum(untouchedReasons),
      }),
    ),
  })
  .meta({ id: 'Verdicts' });
export type VerdictsAnswer = z.output<typeof verdictsSchema>;

/** A run as the inspector shows it. */
const presentRun = ({ run, bot, payload, restsFor }: RunVerdict): RunAnswer => ({
  id: run.id,
  bot: { id: bot.id, name: bot.name },
  action_id: run.actionId,
  handler: run.handler,
  trigger: run.trigger,
  status: run.status,
  reason: run.reason,
  error: run.error && { code: run.error.code, message: run.error.message, stack: run.error.stack },
  attempts: run.attempts,
  rests_for: restsFor,
  payload,
  started_at: run.startedAt,
  finished_at: run.finishedAt,
});

/** All that is known of how a message was answered. */
export const presentVerdicts = ({ message, ignored, runs, untouched }: MessageVerdicts): VerdictsAnswer => ({
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

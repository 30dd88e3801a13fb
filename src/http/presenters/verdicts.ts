import type { ExplanationJson, RunJson, VerdictsJson } from '../../api/run.ts';
import type { Message } from '../../domain/message.ts';
import type { Run } from '../../domain/run.ts';
import type { ActionVerdict } from '../../domain/verdict.ts';
import { verdictJson } from '../../domain/verdict-json.ts';
import type { Explanation } from '../../services/explaining/explanation.ts';

/** A row of an action that ran or was skipped. */
type RunRow = ActionVerdict & { run: Run };

const hasRun = (row: ActionVerdict): row is RunRow => row.run !== null;

/** Whole seconds until a moment, at least 0. */
const secondsUntil = (moment: string | null | undefined, now: number): number =>
  moment ? Math.max(0, Math.ceil((Date.parse(moment) - now) / 1_000)) : 0;

/** A run, as the inspector shows it. */
const presentRun = ({ run, bot, payload, cooldown }: RunRow, now: number): RunJson => ({
  id: run.id,
  bot: { id: bot.id, name: bot.name },
  action_id: run.actionId,
  handler: run.handler,
  trigger: run.trigger,
  status: run.status,
  reason: run.reason,
  error: run.error && { code: run.error.code, message: run.error.message, stack: run.error.stack },
  attempts: run.attempts,
  rests_for: secondsUntil(cooldown?.until, now),
  payload,
  started_at: run.startedAt,
  finished_at: run.finishedAt,
});

/** What each action would do with a text. */
export const presentExplanation = ({ ignored, actions }: Explanation): ExplanationJson => ({
  ignored,
  actions: actions.map(verdictJson),
});

/**
 * Everything known about how a message was answered.
 *
 * @param now in milliseconds since 1970
 */
export const presentVerdicts = (
  message: Pick<Message, 'id'>,
  { ignored, actions }: Explanation,
  now: number,
): VerdictsJson => ({
  message_id: message.id,
  ignored,
  runs: actions.filter(hasRun).map((row) => presentRun(row, now)),
  untouched: actions.flatMap(({ bot, action, untouched }) =>
    untouched === null
      ? []
      : [
          {
            bot: { id: bot.id, name: bot.name },
            action_id: action.id,
            handler: action.handler,
            reason: untouched,
          },
        ],
  ),
  actions: actions.map(verdictJson),
});

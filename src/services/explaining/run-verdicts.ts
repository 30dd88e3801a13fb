import type { Run, SkipReason } from '../../domain/run.ts';
import type { RunTrace } from '../../domain/run-trace.ts';
import {
  noDetails,
  placeOf,
  type Verdict,
  type VerdictCode,
  type VerdictCooldown,
  type VerdictError,
} from '../../domain/verdict.ts';
import type { Context } from '../context.ts';
import { secondsBetween } from './explanation.ts';

/** A stored run and its verdict. */
interface RunVerdict {
  run: Run;
  verdict: Verdict;
}

/** What is stored about runs beside the runs. */
interface Records {
  /** When waiting runs are tried again. */
  retryTimes: ReadonlyMap<string, string>;
  /** The last cooldown of each bot and action. */
  cooldowns: ReadonlyMap<string, { since: string; until: string }>;
  traces: ReadonlyMap<string, RunTrace>;
}

/** The verdicts of stored runs. */
export async function runVerdicts(
  { store }: Pick<Context, 'store'>,
  runs: readonly Run[],
): Promise<RunVerdict[]> {
  const waiting = runs.filter(({ status }) => status === 'waiting').map(({ id }) => id);
  const records = {
    retryTimes: await store.runs.retryTimes(waiting),
    cooldowns: await store.cooldowns.latest(runs.flatMap((run) => blocker(run)?.id ?? [])),
    traces: await store.runTraces.ofRuns(runs.map(({ id }) => id)),
  };
  return runs.map((run) => ({ run, verdict: verdictOf(run, records) }));
}

function verdictOf(run: Run, { retryTimes, cooldowns, traces }: Records): Verdict {
  const milliseconds =
    run.finishedAt === null || run.status === 'skipped'
      ? null
      : Math.max(0, Date.parse(run.finishedAt) - Date.parse(run.startedAt));
  return {
    ...noDetails,
    verdict: codeOf(run),
    trigger: run.trigger,
    cooldown: cooldownThen(run, cooldowns),
    error: run.error && errorOf(run.error),
    milliseconds,
    retryAt: retryTimes.get(run.id) ?? null,
    stopped: stopReasonOf(run.reason),
    trace: traces.get(run.id) ?? null,
  };
}

function codeOf({ status, reason, error }: Run): VerdictCode {
  switch (status) {
    case 'handled':
      return 'fired';
    case 'failed':
      return error?.code === 'HANDLER_TIMEOUT' ? 'timed_out' : 'failed';
    case 'stopped':
      return reason === 'cancelled' ? 'cancelled' : 'stopped';
    case 'waiting':
      return 'waiting_for_retry';
    case 'skipped':
      return reason ?? 'changed_later';
    default:
      return status;
  }
}

const errorOf = (error: NonNullable<Run['error']>): VerdictError => ({
  ...error,
  at: placeOf(error.stack) ?? (error.code === 'HANDLER_FILE_BROKEN' ? placeOf(error.message) : null),
});

const stopReasonOf = (reason: SkipReason | null): Verdict['stopped'] =>
  reason === 'action_cooldown' || reason === 'bot_cooldown' || reason === 'admin_only' ? null : reason;

/** The action or bot whose cooldown skipped a run. */
function blocker({ reason, actionId, botId }: Run): { of: VerdictCooldown['of']; id: string } | undefined {
  if (reason === 'action_cooldown') return { of: 'action', id: actionId };
  return reason === 'bot_cooldown' ? { of: 'bot', id: botId } : undefined;
}

/** The cooldown that skipped a run, with what was left of it then, if it is still the last one. */
function cooldownThen(run: Run, cooldowns: Records['cooldowns']): VerdictCooldown | null {
  const by = blocker(run);
  if (by === undefined) return null;
  const last = cooldowns.get(by.id);
  if (last === undefined || last.since > run.startedAt) return { of: by.of, until: null, left: null };
  return { of: by.of, until: last.until, left: secondsBetween(run.startedAt, last.until) };
}

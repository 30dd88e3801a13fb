import { daysAgo } from '../../base/clock.ts';
import { createError } from '../../base/errors.ts';
import type { Provider } from '../../domain/provider.ts';
import type { RunError } from '../../domain/run.ts';
import type { FailedRun } from '../../store/failed-runs.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { maxNamed, onlyOne } from '../only-one.ts';

/** A failed run as it is shown to people. */
export interface FailedRunReport {
  id: string;
  /** `name` is null for a group without a name. */
  group: { id: string; name: string | null };
  /** `name` is null for a bot that was purged. */
  bot: { id: string; name: string | null };
  /** The alias. */
  handler: string;
  trigger: string | null;
  error: RunError;
  /** Number of attempts so far. */
  attempts: number;
  startedAt: string;
  failedAt: string;
  message: { id: string; body: string; owner: Provider; createdAt: string } | null;
  /** The payload of the action; null where it is empty, or the action was removed. */
  payload: Record<string, unknown> | null;
  /** Set when the run was handled: `error` is then a warning, and there is nothing to retry. */
  handled?: true;
}

/** The error shown for a failed run that has none of its own. */
const unknownError: RunError = { code: 'HANDLER_THREW', message: 'The reason is unknown.', stack: null };

/** Number of runs deleted in one statement, so that others can write in between. */
const chunkSize = 500;

/** The most recent failed runs, newest first. */
export async function listFailedRuns(
  { store }: Pick<Context, 'store'>,
  limit: number,
): Promise<FailedRunReport[]> {
  const failed = await store.failedRuns.newest(limit);
  return Promise.all(failed.map((each) => reportOf(store, each)));
}

/**
 * Details of a run that failed, or was handled with a warning.
 *
 * @param name its id, or the beginning of it
 * @throws NOT_FOUND, NAME_AMBIGUOUS
 */
export async function showFailedRun(
  { store }: Pick<Context, 'store'>,
  name: string,
): Promise<FailedRunReport> {
  return reportOf(store, await failedRunNamed(store, name, { warned: true }));
}

/**
 * Deletes the records of runs that failed at least this many days ago, and warnings of that age. They can no
 * longer be retried.
 *
 * @returns how many were deleted
 */
export async function pruneFailedRuns(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  days: number,
): Promise<number> {
  const moment = daysAgo(clock, days);
  let sum = await store.failedRuns.forgetWarningsBefore(moment);
  let chunk = 0;
  do {
    chunk = await store.failedRuns.deleteBefore(moment, chunkSize);
    sum += chunk;
  } while (chunk > 0);
  return sum;
}

/** Details of a failed run. */
export async function reportOf(store: Store, failed: FailedRun): Promise<FailedRunReport> {
  const { run, thread, bot, payload } = failed;
  const message = await store.messages.find(run.messageId);
  return {
    id: run.id,
    group: { id: thread.id, name: thread.subject },
    bot,
    handler: run.handler,
    trigger: run.trigger,
    error: run.error ?? unknownError,
    attempts: run.attempts,
    startedAt: run.startedAt,
    failedAt: run.finishedAt ?? run.startedAt,
    message: message
      ? { id: message.id, body: message.body, owner: message.owner, createdAt: message.createdAt }
      : null,
    payload,
    ...(run.status === 'handled' && { handled: true }),
  };
}

/**
 * The failed run with this id, or the only one whose id begins with this text.
 *
 * @param options `warned`: also find a run that was handled with a warning
 * @throws NOT_FOUND, NAME_AMBIGUOUS
 */
export async function failedRunNamed(
  { failedRuns }: Store,
  name: string,
  { warned = false } = {},
): Promise<FailedRun> {
  const prefix = name.toLowerCase();
  const failed = prefix === '' ? [] : await failedRuns.startingWith(prefix, maxNamed);
  const others = prefix === '' || !warned ? [] : await failedRuns.warnedStartingWith(prefix, maxNamed);
  const found = onlyOne([...failed, ...others], { what: 'failed run', name, idOf: ({ run }) => run.id });
  if (found === undefined) throw createError('NOT_FOUND', 'failed run', name);
  return found;
}

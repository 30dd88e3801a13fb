import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type App, openApp } from '../app.ts';
import { DisposableStack } from '../base/disposable-stack.ts';
import { MessengerError } from '../base/errors.ts';
import type { Workspace } from '../config/workspace.ts';
import { isFolderLocked, lockFolder } from '../daemon/lock.ts';
import type { Run } from '../domain/run.ts';
import { type RetriedRuns, retryAllRuns, retryRun } from '../services/failed-runs/retry-run.ts';
import { printOutput, printProblem, reportProblems } from './problems.ts';

/** The result of one run, as `--json` prints it. */
export interface RetryOutcome {
  id: string;
  handler: string;
  state: 'handled' | 'failed' | 'stopped' | 'queued' | 'refused';
  /** Why it failed again, or cannot be retried. */
  error: { code: string; message: string } | null;
}

/** What to retry, and how. */
interface Retry {
  workspace: Workspace;
  /** The id of a failed run, or the beginning of it; undefined for all. */
  id: string | undefined;
  /** Whether to wait even if another messenger of the workspace does the work. */
  waits: boolean;
  /** Registers what ends the wait early; returns a function that undoes it. */
  onStop: (stop: () => void) => () => void;
}

/**
 * Retries failed runs. A messenger that runs in the workspace does the work; otherwise this process does.
 *
 * @throws NOT_FOUND, NAME_AMBIGUOUS, RUN_NOT_RETRIED; CONFIG_INVALID, DATABASE_UNUSABLE
 */
export async function retryFailed({ workspace, id, waits, onStop }: Retry): Promise<RetryOutcome[]> {
  const disposables = new DisposableStack();
  try {
    const isAlone = tryLock(disposables, workspace.data);
    const reports = { onOutput: printOutput, onError: printProblem };
    const app = disposables.use(
      await openApp({ workspace, botsEnabled: true, onlyWhatIsThere: true, ...reports }),
    );
    reportProblems(app);
    const { queued, rejected } = id === undefined ? await retryAllRuns(app) : await retryOne(app, id);
    const isWorkedOn = isAlone ? work(app) : () => isFolderLocked(workspace.data);
    const runs = isAlone || waits ? await ended(app, queued, { isWorkedOn, onStop }) : queued;
    return [...runs.map(outcomeOf), ...rejected.map(rejectedOutcome)];
  } finally {
    await disposables.dispose();
  }
}

const retryOne = async (app: App, id: string): Promise<RetriedRuns> => ({
  queued: [await retryRun(app, id)],
  rejected: [],
});

/** Whether no other process has locked the folder. */
function tryLock(disposables: DisposableStack, folder: string): boolean {
  // Without a folder nothing can have failed, and none is created.
  if (!existsSync(folder)) return true;
  try {
    disposables.use(lockFolder(folder, 'retry'));
    return true;
  } catch (error) {
    if (error instanceof MessengerError && error.code === 'WORKSPACE_BUSY') return false;
    throw error;
  }
}

/** Runs the queue in this process. Returns a function that checks whether it still runs. */
function work(app: App): () => boolean {
  let isWorking = true;
  app.answer();
  const end = () => {
    isWorking = false;
  };
  void app.queue.idle().then(end, end);
  return () => isWorking;
}

/** Milliseconds between checks of the runs. */
const pollInterval = 50;

/**
 * Resolves with the runs once all have ended. Ends early when the process is stopped, or when no process
 * works on the queue any more.
 */
async function ended(
  app: App,
  queued: readonly Run[],
  { isWorkedOn, onStop }: { isWorkedOn: () => boolean; onStop: Retry['onStop'] },
): Promise<Run[]> {
  const interrupted = new AbortController();
  const release = onStop(() => {
    interrupted.abort();
    void app.queue.close();
  });
  try {
    for (;;) {
      // Checked before the runs are read, so that no result in between is missed.
      const isRunning = isWorkedOn();
      const runs = (await Promise.all(queued.map(({ id }) => app.store.runs.find(id)))).filter(
        (run) => run !== undefined,
      );
      if (interrupted.signal.aborted || !runs.some(isOpen) || !isRunning) return runs;
      await sleep(pollInterval, undefined, { signal: interrupted.signal }).catch(() => {});
    }
  } finally {
    release();
  }
}

const isOpen = ({ status }: Run): boolean => status === 'waiting' || status === 'running';

const outcomeOf = ({ id, handler, status, error }: Run): RetryOutcome => ({
  id,
  handler,
  state: status === 'handled' || status === 'failed' || status === 'stopped' ? status : 'queued',
  error: status === 'failed' && error ? { code: error.code, message: error.message } : null,
});

const rejectedOutcome = ({ run, reason }: RetriedRuns['rejected'][number]): RetryOutcome => ({
  id: run.id,
  handler: run.handler,
  state: 'refused',
  error: { code: reason.code, message: reason.message },
});

const stateTexts: Record<RetryOutcome['state'], (outcome: RetryOutcome) => string> = {
  handled: ({ id, handler }) => `${id}: ${handler} has answered.`,
  failed: ({ id, handler, error }) => `${id}: ${handler} failed again: ${error?.message}`,
  stopped: ({ id, handler }) => `${id}: ${handler} was stopped, as its bot may not post any more.`,
  queued: ({ id, handler }) => `${id}: ${handler} is queued for the messenger that runs here.`,
  refused: ({ error }) => error?.message ?? '',
};

/** What became of a retry, in a sentence. */
export const outcomeText = (outcome: RetryOutcome): string => stateTexts[outcome.state](outcome);

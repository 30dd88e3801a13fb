import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { type App, openApp } from '../../app.ts';
import { commandLine } from '../../base/command-line.ts';
import { DisposableStack } from '../../base/disposable-stack.ts';
import { createError, MessengerError } from '../../base/errors.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { isFolderLocked, lockFolder } from '../../daemon/lock.ts';
import type { Run } from '../../domain/run.ts';
import type { RetriedRuns } from '../../services/failed-runs/retry-run.ts';
import { retryAllRuns, retryRun } from '../../services/failed-runs/retry-run.ts';
import { onInterrupt } from '../interrupt.ts';
import { printJson } from '../json.ts';
import { printLine } from '../print.ts';
import { printOutput, printProblem, reportProblems } from '../problems.ts';

interface Options {
  all?: boolean;
  /** Undefined when neither `--wait` nor `--no-wait` was given. */
  wait?: boolean;
  json?: boolean;
}

/** The result of one run, as `--json` prints it. */
interface Outcome {
  id: string;
  handler: string;
  state: 'handled' | 'failed' | 'stopped' | 'queued' | 'refused';
  /** Why it failed again, or cannot be retried. */
  error: { code: string; message: string } | null;
}

/** `messenger retry` */
export const define = (command: Command): Command =>
  command
    .argument('[id]', 'id of the failed action; its beginning is enough')
    .option('--all', 'every failed action, oldest first')
    .option('--wait', 'wait for the outcome even if a running messenger does it (the default on a terminal)')
    .option('--no-wait', 'do not wait for a running messenger (the default in a pipe)')
    .option('--json', 'print the outcome as JSON; a list with --all')
    .addHelpText(
      'after',
      `
The action answers the same message again, but repeats nothing that it has already posted. If a messenger is running
in this workspace, that one does it; otherwise this command does. Exits with 1 if an action failed again while this
command waited for it.

Example:
  $ messenger retry 019a2b3c
  $ messenger retry --all`,
    )
    .action(retry);

async function retry(id: string | undefined, options: Options): Promise<void> {
  if ((id === undefined) !== (options.all ?? false))
    throw createError(
      'WRONG_USE',
      `Say which: "${commandLine('retry ID')}", or "${commandLine('retry --all')}".`,
    );
  const disposables = new DisposableStack();
  try {
    const workspace = findWorkspace(process.cwd());
    const isAlone = tryLock(disposables, workspace.data);
    const app = disposables.use(
      await openApp({
        workspace,
        botsEnabled: true,
        onlyWhatIsThere: true,
        onOutput: printOutput,
        onError: printProblem,
      }),
    );
    reportProblems(app);
    const { queued, rejected } = id === undefined ? await retryAllRuns(app) : await retryOne(app, id);
    const waits = isAlone || (options.wait ?? process.stdout.isTTY === true);
    const isWorkedOn = isAlone ? work(app) : () => isFolderLocked(workspace.data);
    const runs = waits ? await ended(app, queued, isWorkedOn) : queued;
    print([...runs.map(outcomeOf), ...rejected.map(rejectedOutcome)], options);
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
async function ended(app: App, queued: readonly Run[], isWorkedOn: () => boolean): Promise<Run[]> {
  const interrupted = new AbortController();
  const release = onInterrupt(() => {
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

const outcomeOf = ({ id, handler, status, error }: Run): Outcome => ({
  id,
  handler,
  state: status === 'handled' || status === 'failed' || status === 'stopped' ? status : 'queued',
  error: status === 'failed' && error ? { code: error.code, message: error.message } : null,
});

const rejectedOutcome = ({ run, reason }: RetriedRuns['rejected'][number]): Outcome => ({
  id: run.id,
  handler: run.handler,
  state: 'refused',
  error: { code: reason.code, message: reason.message },
});

const stateTexts: Record<Outcome['state'], (outcome: Outcome) => string> = {
  handled: ({ id, handler }) => `${id}: ${handler} has answered.`,
  failed: ({ id, handler, error }) => `${id}: ${handler} failed again: ${error?.message}`,
  stopped: ({ id, handler }) => `${id}: ${handler} was stopped, as its bot may not post any more.`,
  queued: ({ id, handler }) => `${id}: ${handler} is queued for the messenger that runs here.`,
  refused: ({ error }) => error?.message ?? '',
};

function print(outcomes: readonly Outcome[], { all, json }: Options): void {
  if (json) printJson(all ? outcomes : outcomes[0]);
  else if (outcomes.length === 0) printLine('No action has failed.');
  else printLine(outcomes.map((outcome) => stateTexts[outcome.state](outcome)).join('\n'));
  if (outcomes.some(({ error }) => error !== null)) process.exitCode ??= 1;
}

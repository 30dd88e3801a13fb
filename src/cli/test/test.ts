import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DisposableStack } from '../../base/disposable-stack.ts';
import { createError } from '../../base/errors.ts';
import { systemFailure } from '../../base/system-error.ts';
import { loadConfig } from '../../config/load.ts';
import { findWorkspace, type Workspace } from '../../config/workspace.ts';
import { type EngineOptions, openEngine } from '../../testing/engine.ts';
import { findTranscripts } from '../../transcripts/find-transcripts.ts';
import { junitReport } from '../../transcripts/junit.ts';
import {
  runTranscripts,
  type TranscriptFile,
  type TranscriptResult,
} from '../../transcripts/run-transcripts.ts';
import { onInterrupt } from '../interrupt.ts';
import { printJson } from '../json.ts';
import { printOutput, reportProblems } from '../problems.ts';
import { exitCodes } from '../report.ts';
import { endWhenBlocked } from './end-when-blocked.ts';
import { printResult, printSummary, resultsJson } from './print-results.ts';

/** Options of `messenger test`. */
export interface TestOptions {
  name?: string;
  update?: boolean;
  watch?: boolean;
  junit?: string;
  isolation: NonNullable<EngineOptions['isolation']>;
  json?: boolean;
}

/**
 * Plays transcripts and prints what came of them.
 *
 * @throws TRANSCRIPTS_MISSING; WRONG_USE when a file does not exist; CONFIG_INVALID
 */
export async function test(given: readonly string[], options: TestOptions): Promise<void> {
  const disposables = new DisposableStack();
  const end = new AbortController();
  disposables.defer(onInterrupt(() => end.abort()));
  try {
    const workspace = findWorkspace(process.cwd());
    const wanted = given.length === 0 ? [workspace.folder] : given.map((file) => path.resolve(file));
    const round = (changed?: readonly string[]) =>
      runRound({ workspace, wanted, options, signal: end.signal, changed });
    if (options.watch) {
      const { watchRounds } = await import('./watch-rounds.ts');
      await watchRounds(workspace, round, end.signal);
    } else if (!(await round())) process.exitCode ??= exitCodes.failed;
  } finally {
    await disposables.dispose();
  }
}

interface Round {
  workspace: Workspace;
  /** Absolute paths of files and folders. */
  wanted: readonly string[];
  options: TestOptions;
  signal: AbortSignal;
  /** Plays only these; all if undefined. */
  changed: readonly string[] | undefined;
}

/**
 * Plays the transcripts once.
 *
 * @returns whether all passed
 * @throws TRANSCRIPTS_MISSING, WRONG_USE, CONFIG_INVALID
 */
async function runRound({ workspace, wanted, options, signal, changed }: Round): Promise<boolean> {
  const found = findTranscripts(wanted).filter((file) => changed === undefined || changed.includes(file));
  const place = wanted.map(shownPath).join(', ');
  if (found.length === 0) throw createError('TRANSCRIPTS_MISSING', place);
  const files = found.map((file): TranscriptFile => ({ file, shown: shownPath(file) }));
  const start = performance.now();
  const { isolation } = options;
  const { timeout } = (await loadConfig(workspace)).bots;
  const watch = isolation === 'none' ? endWhenBlocked(timeout, blockedMessage) : undefined;
  const engine = await openEngine({
    workspace,
    isolation,
    library: true,
    ownsProcess: true,
    onOutput: printOutput,
  });
  try {
    reportProblems(engine);
    const { name, update } = options;
    const onResult = options.json ? () => {} : printResult;
    const results = await runTranscripts(engine, files, { name, update, signal, onResult });
    if (results.length === 0 && !signal.aborted)
      throw createError('TRANSCRIPTS_MISSING', `${place} whose title or path contains "${name ?? ''}"`);
    if (options.json) printJson(resultsJson(results));
    else printSummary(results, performance.now() - start);
    if (options.junit !== undefined) await writeReport(options.junit, results);
    return results.every(({ passed }) => passed);
  } finally {
    await watch?.close();
    await engine.close();
  }
}

const blockedMessage =
  'Error: A handler blocks this process for longer than its deadline, probably in an endless loop. Nothing can stop it here, so the command was ended. Run it with --isolation thread: that ends the handler, and names it.';

const shownPath = (file: string): string => path.relative(process.cwd(), file) || 'this folder';

async function writeReport(file: string, results: readonly TranscriptResult[]): Promise<void> {
  await writeFile(file, junitReport(results)).catch((error) => {
    throw systemFailure(error, file) ?? error;
  });
}

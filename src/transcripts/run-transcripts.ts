import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { messageOf } from '../base/errors.ts';
import { systemFailure } from '../base/system-error.ts';
import type { Network } from '../services/outside/outside.ts';
import type { Engine } from '../testing/engine.ts';
import { differenceOf } from './difference.ts';
import { readHttpAnswers, recordedNetwork } from './http-answers.ts';
import { httpFileOf } from './http-file.ts';
import type { ReportedTranscript } from './junit.ts';
import { openStage } from './open-stage.ts';
import { play } from './play.ts';
import type { Played } from './played.ts';
import { parseTranscript } from './read-transcript.ts';
import type { Transcript } from './transcript.ts';
import { updateText } from './update.ts';

/** A transcript to play. */
export interface TranscriptFile {
  /** The absolute path. */
  file: string;
  /** The path for people. */
  shown: string;
}

/** What came of a transcript. */
export interface TranscriptResult extends ReportedTranscript {
  passed: boolean;
  /** Whether its file was changed to what was found. */
  updated: boolean;
}

/** How to run transcripts. */
export interface RunOptions {
  /** Only those whose title or path contains this. */
  name?: string | undefined;
  /** Changes what a transcript expects to what was found. */
  update?: boolean | undefined;
  /** Ends it with what is done. */
  signal?: AbortSignal | undefined;
  /** Called with each result, in the order of the files. */
  onResult?: (result: TranscriptResult) => void;
}

/** How many transcripts are played at the same time. While one waits for its database or a worker, another goes on. */
const concurrency = availableParallelism() * 4;

/**
 * Plays transcripts side by side, each in a group, a database and a time of its own.
 *
 * @example const results = await runTranscripts(engine, [{ file: '/bots/hello.chat.yaml', shown: 'hello.chat.yaml' }]);
 */
export async function runTranscripts(
  engine: Engine,
  files: readonly TranscriptFile[],
  { signal, onResult = () => {}, ...options }: RunOptions = {},
): Promise<TranscriptResult[]> {
  const limit = pLimit(concurrency);
  const running = files.map((file) =>
    limit(async () => (signal?.aborted ? undefined : runTranscript(engine, file, { ...options, signal }))),
  );
  const results: TranscriptResult[] = [];
  const isDone = new AbortController();
  const end = ended(signal, isDone.signal);
  for (const each of running) {
    const result = await Promise.race([each, end]);
    if (result === undefined) continue;
    results.push(result);
    onResult(result);
  }
  isDone.abort();
  return results;
}

/** Resolves when a signal aborts, unless another one has before. */
const ended = (signal: AbortSignal | undefined, isDone: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    if (signal?.aborted) resolve(undefined);
    signal?.addEventListener('abort', () => resolve(undefined), { once: true, signal: isDone });
  });

/** @returns undefined if it has another name than asked for, or its play was ended */
async function runTranscript(
  engine: Engine,
  { file, shown }: TranscriptFile,
  { name = '', update = false, signal }: Omit<RunOptions, 'onResult'>,
): Promise<TranscriptResult | undefined> {
  const start = performance.now();
  let title: string | undefined;
  const result = (outcome: Outcome): TranscriptResult => ({
    ...{ file: shown, title, milliseconds: Math.round(performance.now() - start) },
    ...{ error: undefined, difference: [], ...outcome },
  });
  try {
    const text = await readText(file, shown);
    const transcript = parseTranscript(text, shown);
    title = transcript.title;
    if (!`${title ?? ''}\n${shown}`.includes(name)) return undefined;
    const perform = async (transcript: Transcript) =>
      playTranscript(engine, transcript, { network: await networkOf(file, shown), signal });
    const played = await perform(transcript);
    const difference = differenceOf(played.exchanges);
    if (signal?.aborted) return undefined;
    if (difference.length === 0) return result({ passed: true, updated: false });
    if (!update) return result({ passed: false, updated: false, difference });
    const changed = updateText(text, shown, played);
    await writeText(file, shown, changed);
    const again = await perform(parseTranscript(changed, shown));
    const left = differenceOf(again.exchanges);
    return result({ passed: left.length === 0, updated: changed !== text, difference: left });
  } catch (error) {
    return result({ passed: false, updated: false, error: messageOf(error) });
  }
}

type Outcome = Pick<TranscriptResult, 'passed' | 'updated'> &
  Partial<Pick<TranscriptResult, 'error' | 'difference'>>;

/** What answers the requests of a transcript: the file beside it, if there is one. */
async function networkOf(file: string, shown: string): Promise<Network> {
  const [answers, shownAnswers] = [httpFileOf(file), httpFileOf(shown)];
  const text = existsSync(answers) ? await readText(answers, shownAnswers) : '';
  return recordedNetwork(readHttpAnswers(text, shownAnswers), shownAnswers);
}

async function playTranscript(
  engine: Engine,
  transcript: Transcript,
  { network, signal }: { network: Network; signal: AbortSignal | undefined },
): Promise<Played> {
  const stage = await openStage(engine, transcript, network);
  try {
    return { transcript, exchanges: await play(transcript, stage, signal) };
  } finally {
    await stage.close();
  }
}

const readText = (file: string, shown: string): Promise<string> =>
  readFile(file, 'utf8').catch((error) => {
    throw systemFailure(error, shown) ?? error;
  });

const writeText = (file: string, shown: string, text: string): Promise<void> =>
  writeFile(file, text).catch((error) => {
    throw systemFailure(error, shown) ?? error;
  });

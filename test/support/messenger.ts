import { type ChildProcess, spawn } from 'node:child_process';
import { packageFile } from '../../src/base/package-file.ts';

/** How a command ended. */
export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Starts the real command line in a folder. */
export function startMessenger(
  folder: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
): ChildProcess {
  return spawn(process.execPath, [packageFile('bin/messenger.js'), ...words], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
}

/** Runs the real command line in a folder to its end, with a text as its standard input. */
export function messenger(
  folder: string,
  words: readonly string[],
  input = '',
  env: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  const child = startMessenger(folder, words, env);
  child.stdin?.end(input);
  return outcome(child);
}

/** Waits for the end of a started command. */
export function outcome(child: ChildProcess): Promise<Outcome> {
  const texts = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
  return new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, ...texts })));
}

/** The events that `simulate --json` has printed. */
export const eventsOf = (stdout: string): Array<Record<string, unknown> & { event: string; body: string }> =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

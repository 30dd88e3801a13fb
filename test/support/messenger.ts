import { type ChildProcess, spawn } from 'node:child_process';
import { Console } from 'node:console';
import { Readable } from 'node:stream';
import { DisposableStack } from '../../src/base/disposable-stack.ts';
import { packageFile } from '../../src/base/package-file.ts';
import { runCommandLine } from '../../src/cli/program.ts';
import { compileAhead } from './compile-ahead.ts';

/** How a command ended. */
export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** What is written to a command's standard input, in these pieces. */
type Input = string | ReadonlyArray<string | Uint8Array>;

/** A command, where it runs, its standard input, and what is in its environment beside ours. */
interface Command {
  folder: string;
  words: readonly string[];
  input: Input;
  env: NodeJS.ProcessEnv;
}

/** Commands that make the data folder in any case, in which compiled files may be put. */
const makingDataFolder = ['attach', 'install', 'queue:work', 'simulate'];

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a command in this process to its end, with a text as its standard input. Commands run one after the other,
 * since each takes over the process: its folder, its environment and its streams.
 */
export function messenger(
  folder: string,
  words: readonly string[],
  input: Input = '',
  env: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  const run = last.then(() => runHere({ folder, words, input, env }));
  last = run.catch(() => {});
  return run;
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
export function spawnMessenger(
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

async function runHere({ folder, words, input, env }: Command): Promise<Outcome> {
  const taken = new DisposableStack();
  const texts = { stdout: '', stderr: '' };
  try {
    if (makingDataFolder.includes(words[0] ?? '')) compileAhead(folder);
    taken.defer(enter(folder));
    taken.defer(setEnvironment({ NO_COLOR: '1', ...isolationOf(words), ...env }));
    for (const name of ['stdout', 'stderr'] as const)
      taken.defer(
        replace(
          process[name],
          'write',
          collector((text) => (texts[name] += text)),
        ),
      );
    taken.defer(replace(globalThis, 'console', new Console(process)));
    taken.defer(replace(process, 'stdin', Readable.from([input].flat().map(asBytes), { objectMode: false })));
    const { exitCode } = process;
    taken.defer(() => (process.exitCode = exitCode));
    process.exitCode = undefined;
    const failed = await runCommandLine(words);
    return { code: failed ?? Number(process.exitCode ?? 0), signal: null, ...texts };
  } finally {
    await taken.dispose();
  }
}

/** Commands whose handlers never run inside their process. */
const isolating = ['daemon', 'serve', 'queue:work'];

/** The handlers of all others run inside the process of the tests, which is quicker. */
const isolationOf = ([command = '']: readonly string[]): NodeJS.ProcessEnv =>
  isolating.includes(command)
    ? {}
    : { MESSENGER_BOTS_ISOLATION: process.env.MESSENGER_BOTS_ISOLATION ?? 'none' };

const asBytes = (piece: string | Uint8Array): Buffer => Buffer.from(piece);

/** Changes the folder; returns how to go back. */
function enter(folder: string): () => void {
  const before = process.cwd();
  process.chdir(folder);
  return () => process.chdir(before);
}

/** Sets variables in the environment of this process; returns how to take them back. */
function setEnvironment(variables: NodeJS.ProcessEnv): () => void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  for (const [name, value] of Object.entries(variables)) setVariable(name, value);
  return () => {
    for (const [name, value] of before) setVariable(name, value);
  };
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

/** Gives an object another property; returns how to give the old one back. */
function replace(object: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { value, configurable: true, writable: true, enumerable: true });
  return () => {
    Reflect.deleteProperty(object, name);
    if (before) Object.defineProperty(object, name, before);
  };
}

/** A stream's function that collects what is written. */
const collector =
  (add: (text: string) => void) =>
  (chunk: string | Uint8Array, ...more: unknown[]): boolean => {
    add(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    const done = more.find((each): each is () => void => typeof each === 'function');
    if (done) process.nextTick(done);
    return true;
  };

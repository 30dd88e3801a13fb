import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';

/** How node runs the sources as they are. */
export const runSources = ['--import', 'jiti/register'];

/** The programs of `test/support/children/`. */
const programs = {
  cleanliness: new URL('./children/cleanliness.ts', import.meta.url),
  claimer: new URL('./children/claimer.ts', import.meta.url),
  counter: new URL('./children/counter.ts', import.meta.url),
  deadlines: new URL('./children/deadlines.ts', import.meta.url),
  'dying-server': new URL('./children/dying-server.ts', import.meta.url),
  identity: new URL('./children/identity.ts', import.meta.url),
  'process-kill': new URL('./children/process-kill.ts', import.meta.url),
  sandbox: new URL('./children/sandbox.ts', import.meta.url),
};

/** The path of one of those programs. */
export const childFile = (name: keyof typeof programs): string => fileURLToPath(programs[name]);

/** Starts one of those programs in a process of its own, which ends with the test at the latest. */
export function startChild(name: keyof typeof programs, words: readonly string[]): ChildProcess {
  const child = fork(childFile(name), words, { execArgv: runSources, cwd: packageFile('.') });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** The next thing a child says to us. */
export async function nextMessage(child: ChildProcess): Promise<unknown> {
  const [message] = await Promise.race([once(child, 'message'), once(child, 'exit').then(refuse)]);
  return message;
}

const refuse = ([code, signal]: unknown[]): never => {
  throw new Error(`The child ended (${code ?? signal}) before it said anything.`);
};

/** Waits until a child is gone, so that its pid is free. */
export async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

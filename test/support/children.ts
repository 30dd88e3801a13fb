import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { type ChildName, childFile } from './child-files.ts';

/** Starts one of those programs in a process of its own, which ends with the test at the latest. */
export function startChild(name: ChildName, words: readonly string[]): ChildProcess {
  const child = fork(childFile(name), words, { execArgv: [], cwd: packageFile('.') });
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

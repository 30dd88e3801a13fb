import { type ChildProcess, fork } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { childFile } from './child-files.ts';
import { startChild } from './children.ts';

/** Starts a process that keeps and removes files; it ends with the test at the latest. */
export const startKeeper = (database: string, root: string, threadId: string, stage: string): ChildProcess =>
  startChild('file-keeper', [database, root, threadId, stage]);

/** Starts a process that writes a file of a size and may make none of more than half a megabyte. */
export function startLimitedWriter(root: string, name: string, size: number): ChildProcess {
  const limited = ['-c', 'ulimit -f 1000; exec "$0" "$@"', process.execPath];
  const options = { execPath: '/bin/sh', execArgv: limited, cwd: packageFile('.') };
  const child = fork(childFile('file-writer'), [root, name, String(size)], options);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

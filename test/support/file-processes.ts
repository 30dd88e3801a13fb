import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { runSources } from './children.ts';

const keeper = fileURLToPath(new URL('./children/file-keeper.ts', import.meta.url));
const writer = fileURLToPath(new URL('./children/file-writer.ts', import.meta.url));

/** Starts a process that keeps and removes files; it ends with the test at the latest. */
export function startKeeper(database: string, root: string, threadId: string, stage: string): ChildProcess {
  const words = [database, root, threadId, stage];
  return ending(fork(keeper, words, { execArgv: runSources, cwd: packageFile('.') }));
}

/** Starts a process that writes a file of a size and may make none of more than half a megabyte. */
export function startLimitedWriter(root: string, name: string, size: number): ChildProcess {
  const limited = ['-c', 'ulimit -f 1000; exec "$0" "$@"', process.execPath, ...runSources];
  const options = { execPath: '/bin/sh', execArgv: limited, cwd: packageFile('.') };
  return ending(fork(writer, [root, name, String(size)], options));
}

function ending(child: ChildProcess): ChildProcess {
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

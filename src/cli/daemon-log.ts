import { existsSync, readFileSync } from 'node:fs';
import type { Workspace } from '../config/workspace.ts';
import { daemonPaths } from '../daemon/paths.ts';
import { followFile } from './follow-file.ts';
import { onInterrupt } from './interrupt.ts';

interface Options {
  follow?: boolean;
  lines: number;
  json?: boolean;
}

/** Prints the end of a daemon's log: formatted on a terminal, unchanged in a pipe. */
export async function showLog(workspace: Workspace, { follow, lines, json }: Options): Promise<void> {
  const { log } = daemonPaths(workspace.data);
  if (!existsSync(log) && !follow) {
    process.stderr.write('There is no log yet: no daemon has run in this workspace.\n');
    return;
  }
  const show = await printer(json ?? false);
  const last = [...linesOf(`${log}.1`), ...linesOf(log)].slice(-lines);
  for (const line of lines === 0 ? [] : last) show(line);
  if (follow) await followUntilInterrupt(log, show);
}

async function printer(json: boolean): Promise<(line: string) => void> {
  if (json || process.stdout.isTTY !== true) return (line) => void process.stdout.write(`${line}\n`);
  const { prettyLine } = await import('./pretty-log.ts');
  return (line) => void process.stdout.write(prettyLine(line));
}

/** Empty if there is no file: the daemon may rotate it at any moment. */
function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(0, -1);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** Prints what is appended to a file until Ctrl+C. */
async function followUntilInterrupt(file: string, show: (line: string) => void): Promise<void> {
  const end = new AbortController();
  const release = onInterrupt(() => end.abort());
  await followFile(file, show, end.signal);
  release();
}

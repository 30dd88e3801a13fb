import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Workspace } from '../config/workspace.ts';
import { daemonPaths } from '../daemon/paths.ts';
import { onInterrupt } from './interrupt.ts';

interface Options {
  follow?: boolean;
  lines: number;
  json?: boolean;
}

/** How often it is looked for new lines, in milliseconds. */
const lookEvery = 200;
/** At most so much is read at a time. */
const chunkSize = 1024 * 1024;

/** Prints the end of a daemon's log: readable on a terminal, as it is in a pipe. */
export async function showLog(workspace: Workspace, { follow, lines, json }: Options): Promise<void> {
  const { log } = daemonPaths(workspace.data);
  if (!existsSync(log) && !follow) {
    process.stderr.write('There is no log yet: no daemon has run in this workspace.\n');
    return;
  }
  const show = await printer(json ?? false);
  const older = existsSync(`${log}.1`) ? linesOf(`${log}.1`) : [];
  const last = [...older, ...(existsSync(log) ? linesOf(log) : [])].slice(-lines);
  for (const line of lines === 0 ? [] : last) show(line);
  if (follow) await followFile(log, show);
}

async function printer(json: boolean): Promise<(line: string) => void> {
  if (json || process.stdout.isTTY !== true) return (line) => void process.stdout.write(`${line}\n`);
  const { prettyLine } = await import('./pretty-log.ts');
  return (line) => void process.stdout.write(prettyLine(line));
}

const linesOf = (file: string): string[] => readFileSync(file, 'utf8').split('\n').slice(0, -1);

/** Prints what is added to a file until Ctrl+C; goes on with the next file when this one was put aside. */
async function followFile(file: string, show: (line: string) => void): Promise<void> {
  const end = new AbortController();
  const release = onInterrupt(() => end.abort());
  let position = existsSync(file) ? statSync(file).size : 0;
  let rest = '';
  while (!end.signal.aborted) {
    const size = existsSync(file) ? statSync(file).size : 0;
    if (size < position) position = 0;
    if (size > position) {
      const piece = readPiece(file, position, Math.min(chunkSize, size - position));
      position += piece.length;
      const lines = (rest + piece.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) show(line);
    } else await sleep(lookEvery, undefined, { signal: end.signal }).catch(() => {});
  }
  release();
}

function readPiece(file: string, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  const opened = openSync(file, 'r');
  try {
    return buffer.subarray(0, readSync(opened, buffer, 0, length, position));
  } finally {
    closeSync(opened);
  }
}

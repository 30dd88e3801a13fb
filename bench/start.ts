/**
 * How long commands take to start, beside `node -e 0`: `npm run bench -- start [rounds]`.
 *
 * Runs the built command line in workspaces of its own, in turns with Node alone. Prints the medians of the time until a
 * command has ended, or until `simulate` has answered the first line of a pipe.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageFile } from '../src/base/package-file.ts';
import { median, table } from './support/figures.ts';

const rounds = Number(process.argv[2] ?? 20);

interface Start {
  name: string;
  words: readonly string[];
  /** The largest share of Node alone that was asked for. */
  aim?: number;
  /** A folder below the one of the benchmark. */
  folder?: string;
  /** Written to its standard input. */
  input?: string;
  /** It has started once this is printed, and not only when it ends. */
  shown?: string;
}

const bin = packageFile('bin/messenger.js');
const node: Start = { name: 'node -e 0', words: ['-e', '0'] };

const command = (words: string, more: Partial<Start>): Start => ({
  name: `messenger ${words}`,
  words: [bin, ...words.split(' ')],
  ...more,
});

const starts: readonly Start[] = [
  command('--version', { aim: 1.2 }),
  command('--help', { aim: 1.2 }),
  command('make:bot HelloBot', { aim: 2, folder: 'new' }),
  command('bots', { aim: 2.5, folder: 'empty' }),
  command('bots', { name: 'messenger bots, with a handler', folder: 'used' }),
  command('test-resolve HelloBot --defaults', { aim: 4, folder: 'used' }),
  command('simulate --as ada', { aim: 8, folder: 'used', input: '!hello\n', shown: 'Hello ada!' }),
];

/** Milliseconds until a command has started. */
async function timeOf({ words, folder = 'empty', input = '', shown }: Start, root: string): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, words, {
    cwd: path.join(root, folder),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(child, 'close');
  child.stdin.end(input);
  let started: number | undefined;
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    if (shown !== undefined && printed.includes(shown)) started ??= performance.now();
  });
  const [code] = await ended;
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}.`);
  return (started ?? performance.now()) - began;
}

/** A workspace with one handler and a database, as after the first `simulate`. */
async function prepare(root: string): Promise<void> {
  for (const folder of ['empty', 'used']) mkdirSync(path.join(root, folder));
  await timeOf(command('make:bot HelloBot', { folder: 'used' }), root);
  await timeOf(command('simulate --as ada', { folder: 'used', input: '!hello\n' }), root);
}

async function measure(root: string): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) {
    for (const start of [node, ...starts]) {
      rmSync(path.join(root, 'new'), { recursive: true, force: true });
      mkdirSync(path.join(root, 'new'));
      const before = times.get(start.name) ?? [];
      times.set(start.name, [...before, await timeOf(start, root)]);
    }
  }
  return times;
}

const root = mkdtempSync(path.join(tmpdir(), 'messenger-bench-'));
try {
  await prepare(root);
  const times = await measure(root);
  const floor = median(times.get(node.name));
  const row = ({ name, aim }: Start) => {
    const middle = median(times.get(name));
    return [
      name,
      `${middle.toFixed(0)} ms`,
      (middle / floor).toFixed(2),
      aim === undefined ? '' : String(aim),
    ];
  };
  console.log(
    table([['until it has started', 'median', 'beside Node', 'aim'], ...[node, ...starts].map(row)]),
  );
} finally {
  rmSync(root, { recursive: true, force: true });
}

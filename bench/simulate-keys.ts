/**
 * How long a key takes to be seen on the full screen of `simulate`, and how many bytes it writes, in a group of 100,000
 * messages with its daemon in the same process. Beside it, in turns, runs the least that this costs: a bare program that writes as many bytes to
 * the same kind of terminal.
 *
 * `npm run bench -- simulate-keys [messages]`
 */

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { median, quantile, table } from './support/figures.ts';
import { fillPlayground, openFullScreen, openTerminal, type Terminal } from './support/full-screen.ts';

const total = Number(process.argv[2] ?? 100_000);
const presses = 40;
/** Milliseconds until everything that a key changes is drawn. */
const settling = 100;

const keys: Record<string, string> = {
  'a letter': 'x',
  'the message before': '\u001b[1;3A',
  'a page up': '\u001b[5~',
};

/** Milliseconds from a key to the first bytes of the frame, and the size of the frame. */
async function press(child: Terminal, key: string): Promise<{ time: number; size: number }> {
  const started = performance.now();
  let [time, size] = [Number.NaN, 0];
  const read = (bytes: Buffer) => {
    if (size === 0) time = performance.now() - started;
    size += bytes.length;
  };
  child.stdout.on('data', read);
  child.stdin.write(key);
  await pause(settling);
  child.stdout.off('data', read);
  return { time, size };
}

/** Milliseconds of the keys that were seen, and the bytes that each of them wrote. */
async function measure(simulate: Terminal, bare: Terminal, key: string) {
  const [ours, floor, sizes]: [number[], number[], number[]] = [[], [], []];
  for (let number = 0; number < presses; number++) {
    const { time, size } = await press(simulate, key);
    if (size === 0) continue;
    ours.push(time);
    sizes.push(size);
    floor.push((await press(bare, `${size}\r`)).time);
  }
  return { ours, floor, sizes };
}

/** Writes so many bytes as a line of its input says. */
function runBare(): void {
  process.stdin.setRawMode(true);
  process.stdin.on('data', (line) => process.stdout.write('x'.repeat(Number(line))));
  process.stdout.write('ready');
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'messenger-keys-'));
  try {
    await fillPlayground(folder, total);
    const simulate = await openFullScreen(folder, 'ada', `message ${total}`);
    const bare = await openTerminal(folder, `'${process.argv[1]}' bare`, 'ready');
    await pause(1_000);
    const rows: string[][] = [['from the key to the frame', 'bare', 'simulate', '95%', 'ratio', 'bytes']];
    for (const [name, key] of Object.entries(keys)) {
      const { ours, floor, sizes } = await measure(simulate, bare, key);
      const times = [median(floor), median(ours), quantile(ours, 0.95)];
      const ratio = (median(ours) / median(floor)).toFixed(1);
      rows.push([name, ...times.map((value) => `${value.toFixed(1)} ms`), ratio, median(sizes).toFixed(0)]);
    }
    console.log(table(rows));
    simulate.stdin.write('\u0003');
    bare.kill();
    await once(simulate, 'exit');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[2] === 'bare') runBare();
else await main();

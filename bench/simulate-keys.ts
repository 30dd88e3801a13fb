/**
 * How long a key takes to be seen on the full screen of `simulate`, in a group of 100,000 messages with its daemon in
 * the same process. Beside it, in turns, runs the least that this costs: a bare program that writes as many bytes to
 * the same kind of terminal.
 *
 * `npm run bench -- simulate-keys [messages]`
 */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openApp } from '../src/app.ts';
import { packageFile } from '../src/base/package-file.ts';
import { findWorkspace } from '../src/config/workspace.ts';
import { openPlayground } from '../src/services/bots/playground.ts';
import { newMessage } from '../src/services/messages/send-message.ts';
import { median, quantile, table } from './support/figures.ts';

const total = Number(process.argv[2] ?? 100_000);
const presses = 40;
/** Milliseconds until everything that a key changes is drawn. */
const settling = 100;

const keys: Record<string, string> = {
  'a letter': 'x',
  'the message before': '\u001b[1;3A',
  'a page up': '\u001b[5~',
};

async function fill(folder: string): Promise<void> {
  const app = await openApp({ workspace: findWorkspace(folder), botsEnabled: true });
  const { thread, owner } = await openPlayground(app, 'ada');
  await app.store.transaction(async (store) => {
    for (let number = 1; number <= total; number++) {
      const body = `message ${number} ${number % 7 === 0 ? 'with many words '.repeat(15) : ''}`;
      const ada = { type: 'user', id: owner.id, name: owner.name } as const;
      await store.messages.insert(newMessage(app, { thread, owner: ada, outgoing: { body } }));
    }
  });
  await app.close();
}

/** A program in a terminal of 160 × 45, which `script` makes. */
type Terminal = ChildProcessWithoutNullStreams;

async function open(folder: string, command: string, ready: string): Promise<Terminal> {
  const words = `stty cols 160 rows 45; '${process.execPath}' ${command}`;
  const child = spawn('script', ['-qfec', words, '/dev/null'], { cwd: folder });
  let shown = '';
  while (!shown.includes(ready)) shown += String((await once(child.stdout, 'data'))[0]);
  await pause(1_000);
  return child;
}

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

/** Milliseconds of the keys that were seen. */
async function measure(simulate: Terminal, bare: Terminal, key: string) {
  const [ours, floor]: [number[], number[]] = [[], []];
  for (let number = 0; number < presses; number++) {
    const { time, size } = await press(simulate, key);
    if (size === 0) continue;
    ours.push(time);
    floor.push((await press(bare, `${size}\r`)).time);
  }
  return { ours, floor };
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
    await fill(folder);
    const bin = packageFile('bin/messenger.js');
    const simulate = await open(folder, `'${bin}' simulate --as ada`, `message ${total}`);
    const bare = await open(folder, `'${process.argv[1]}' bare`, 'ready');
    const rows: string[][] = [['from the key to the frame', 'bare', 'simulate', '95%', 'ratio']];
    for (const [name, key] of Object.entries(keys)) {
      const { ours, floor } = await measure(simulate, bare, key);
      const times = [median(floor), median(ours), quantile(ours, 0.95)];
      const ratio = (median(ours) / median(floor)).toFixed(1);
      rows.push([name, ...times.map((value) => `${value.toFixed(1)} ms`), ratio]);
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

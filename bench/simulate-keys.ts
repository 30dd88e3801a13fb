/**
 * How long a key takes to be seen on the full screen of `simulate`: `npm run bench -- simulate-keys [messages]`.
 *
 * Opens a group of 100,000 messages (unless told) in a terminal of 160 × 45 with its daemon in the same process,
 * presses keys, and prints the milliseconds from the bytes of the key to the first bytes of the frame.
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
import { quantile } from './support/figures.ts';

const total = Number(process.argv[2] ?? 100_000);
const presses = 50;

const keys: Record<string, string> = {
  'a letter': 'x',
  'look at the message before': '\u001b[1;3A',
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

/** Runs it in a terminal that `script` makes, and waits for the last message. */
async function open(folder: string): Promise<ChildProcessWithoutNullStreams> {
  const simulate = `stty cols 160 rows 45; '${process.execPath}' '${packageFile('bin/messenger.js')}' simulate --as ada`;
  const child = spawn('script', ['-qfec', simulate, '/dev/null'], { cwd: folder });
  let shown = '';
  while (!shown.includes(`message ${total}`)) shown += String((await once(child.stdout, 'data'))[0]);
  await pause(2_000);
  return child;
}

async function measure(child: ChildProcessWithoutNullStreams, key: string): Promise<number[]> {
  const times: number[] = [];
  for (let press = 0; press < presses; press++) {
    const frame = once(child.stdout, 'data');
    const started = performance.now();
    child.stdin.write(key);
    await Promise.race([frame, pause(1_000)]);
    times.push(performance.now() - started);
    await pause(150);
  }
  return times;
}

const folder = mkdtempSync(path.join(tmpdir(), 'messenger-keys-'));
try {
  await fill(folder);
  const child = await open(folder);
  for (const [name, key] of Object.entries(keys)) {
    const times = await measure(child, key);
    const at = (share: number) => quantile(times, share).toFixed(1);
    console.log(`${name}: median ${at(0.5)} ms, 95% ${at(0.95)} ms`);
  }
  child.stdin.write('\u0003');
  await once(child, 'exit');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

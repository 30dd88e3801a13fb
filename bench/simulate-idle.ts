/**
 * What the full screen of `simulate` costs while nobody types: its share of a processor, its memory in a group of 100,000
 * messages, and what 1,000 messages in another group cost. One window has the daemon inside, the other is attached to it.
 *
 * `npm run bench -- simulate-idle [messages]`
 */

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openApp } from '../src/app.ts';
import { createClient } from '../src/client/index.ts';
import { findWorkspace } from '../src/config/workspace.ts';
import { findDaemon } from '../src/daemon/info.ts';
import { ensureGroup, ensureParticipant, userNamed } from '../src/services/users/people.ts';
import { makeToken } from '../src/services/users/tokens.ts';
import { table } from './support/figures.ts';
import { fillPlayground, openFullScreen, type Terminal } from './support/full-screen.ts';
import { processesOf, processorTime, residentMemory } from './support/process-usage.ts';

const total = Number(process.argv[2] ?? 100_000);
const sent = 1_000;

/** Milliseconds by which a window has collected what its start left behind. */
const settleTime = 20_000;
/** Milliseconds for which the idle windows are observed. */
const idleTime = 60_000;
/** Milliseconds after the last message by which everything is drawn. */
const drawTime = 3_000;

/** A window and what it is called in the table. */
interface Measured {
  name: string;
  pid: number;
}

/** The process that `script` runs, without what that has started. */
function windowOf(name: string, { pid = 0 }: Terminal): Measured {
  const [, own = 0] = processesOf(pid);
  return { name, pid: own };
}

const computed = ({ pid }: Measured): number => processorTime(pid);

const computedByChildren = ({ pid }: Measured): number =>
  processesOf(pid).reduce((sum, each) => sum + (each === pid ? 0 : processorTime(each)), 0);

/** Milliseconds that each window computes during some work. */
async function during(windows: readonly Measured[], work: () => Promise<unknown>, of = computed) {
  const before = windows.map(of);
  await work();
  return windows.map((each, place) => of(each) - (before[place] ?? 0));
}

/** Another group in which both people are. Returns how a third person writes there. */
async function otherGroup(folder: string) {
  const workspace = findWorkspace(folder);
  const app = await openApp({ workspace });
  const thread = await ensureGroup(app, 'elsewhere', { chatBots: false });
  const { token } = await makeToken(app, 'carol');
  for (const name of ['ada', 'bob', 'carol'])
    await ensureParticipant(app, { thread, user: await userNamed(app, name), admin: false });
  await app.close();
  const client = createClient({ url: findDaemon(workspace)?.url ?? '', token });
  return async () => {
    for (let number = 1; number <= sent; number++)
      await client.messages.send(thread.id, `elsewhere ${number}`);
    await pause(drawTime);
  };
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'messenger-idle-'));
  try {
    await fillPlayground(folder, total);
    const inside = await openFullScreen(folder, 'ada', `message ${total}`);
    const attached = await openFullScreen(folder, 'bob', `message ${total}`);
    const windows = [windowOf('with the daemon inside', inside), windowOf('attached', attached)];
    await pause(settleTime);
    const memory = windows.map(({ pid }) => residentMemory(pid));
    const idle = await during(windows, () => pause(idleTime));
    const children = await during(windows, () => pause(idleTime / 4), computedByChildren);
    const busy = await during(windows, await otherGroup(folder));
    const share = (milliseconds = 0, time = idleTime) => `${((milliseconds * 100) / time).toFixed(2)}%`;
    const rows = windows.map(({ name }, place) => [
      name,
      share(idle[place]),
      share(children[place], idleTime / 4),
      `${memory[place]?.toFixed(0)} MB`,
      `${((busy[place] ?? 0) / 1_000).toFixed(2)} s`,
    ]);
    console.log(
      table([['window', 'idle', 'its processes', 'memory', `${sent} messages elsewhere`], ...rows]),
    );
    for (const { stdin } of [attached, inside]) stdin.write('\u0003');
    await Promise.all([attached, inside].map(async (each) => each.exitCode ?? once(each, 'exit')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();

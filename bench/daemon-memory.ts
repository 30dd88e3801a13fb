/**
 * How much memory a daemon and the process of its handlers take: idle, after messages, and after reloads; and how much
 * they compute while idle. Beside it, a Node that does nothing, twice.
 *
 * `npm run bench -- daemon-memory [messages] [reloads]`; the aims are for 100000 and 500, which takes many minutes.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openApp } from '../src/app.ts';
import { packageFile } from '../src/base/package-file.ts';
import { findWorkspace } from '../src/config/workspace.ts';
import { askStatus, followEvents } from '../src/daemon/control-client.ts';
import { type DaemonInfo, findDaemon } from '../src/daemon/info.ts';
import { attachHandler } from '../src/services/bots/playground.ts';
import { ensureGroup, ensureParticipant, ensureUser } from '../src/services/users/people.ts';
import { makeToken } from '../src/services/users/tokens.ts';
import { exactBot, posting } from '../test/support/bot-source.ts';
import { table } from './support/figures.ts';
import { processesOf, processorTime, residentMemory } from './support/process-usage.ts';

const messages = Number(process.argv[2] ?? 1_500);
const reloads = Number(process.argv[3] ?? 20);
const people = 8;

/** Milliseconds after a start, or work, by which the daemon and V8 have collected what is left of it. */
const settleTime = 18_000;
/** Milliseconds for which the idle daemon is observed then. */
const idleTime = 6_000;

const folder = mkdtempSync(path.join(tmpdir(), 'messenger-memory-'));
mkdirSync(path.join(folder, 'bots'));
const saveBot = (number: number, answer: string) =>
  writeFileSync(
    path.join(folder, 'bots', `Bot${number}.ts`),
    exactBot(`Bot${number}`, `!${number}`, posting(`'${answer}'`)),
  );
for (let number = 1; number <= 5; number++) saveBot(number, 'first');
const config = { bots: { enabled: true }, http: { rateLimits: { api: 0, message: 0, attachment: 0 } } };
writeFileSync(path.join(folder, 'messenger.config.mjs'), `export default ${JSON.stringify(config)};`);
const workspace = findWorkspace(folder);

async function makeGroups() {
  const app = await openApp({ workspace });
  const groups = [];
  for (let number = 1; number <= people; number++) {
    const thread = await ensureGroup(app, `House ${number}`, { chatBots: true });
    const person = await ensureUser(app, `Person ${number}`);
    await ensureParticipant(app, { thread, user: person, admin: true });
    await attachHandler(app, { thread, user: person, handler: 'bot1', params: {} });
    groups.push({ threadId: thread.id, token: (await makeToken(app, person.name)).token });
  }
  await app.close();
  return groups;
}

async function startDaemon(): Promise<{ child: ChildProcess; daemon: DaemonInfo }> {
  const words = [packageFile('bin/messenger.js'), 'serve', '--port', '0', '--json', '--quiet'];
  const child = spawn(process.execPath, words, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const daemon = findDaemon(workspace);
  if (daemon === undefined) throw new Error('The daemon did not start.');
  return { child, daemon };
}

/** Sends messages, every tenth of which is for a bot, and waits for the answers. */
async function send(daemon: DaemonInfo, groups: Awaited<ReturnType<typeof makeGroups>>): Promise<void> {
  let sent = 0;
  await Promise.all(
    groups.map(async ({ threadId, token }) => {
      while (sent < messages) {
        const message = ++sent % 10 === 0 ? '!1' : `message ${sent}`;
        const response = await fetch(`${daemon.url}/api/messenger/threads/${threadId}/messages`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ message, temporary_id: String(sent) }),
        });
        if (response.status !== 201) throw new Error(await response.text());
        await response.arrayBuffer();
      }
    }),
  );
  while ((await askStatus(daemon)).queue.ready > 0) await pause(200);
}

/** Saves handlers, one after the other, each as soon as the one before is live. */
async function reload(daemon: DaemonInfo): Promise<void> {
  let isLive = () => {};
  const following = new AbortController();
  await followEvents(daemon, {
    onEvent: ({ name }) => name === 'HandlersReloaded' && isLive(),
    onEnd: () => {},
    signal: following.signal,
  });
  for (let number = 1; number <= reloads; number++) {
    const live = new Promise<void>((resolve) => {
      isLive = resolve;
    });
    saveBot((number % 5) + 1, `reload ${number}`);
    await live;
  }
  following.abort();
}

/** A row of the table: the memory of each process, and the sum. */
function memoryRow(name: string, pid: number, aim: string): string[] {
  const [own = 0, ...others] = processesOf(pid).map(residentMemory);
  const sum = others.reduce((total, each) => total + each, own);
  return [name, own.toFixed(0), others.map((each) => each.toFixed(0)).join(', '), sum.toFixed(0), aim];
}

async function idleShare(pid: number): Promise<number> {
  const computed = () => processesOf(pid).reduce((sum, each) => sum + processorTime(each), 0);
  const before = computed();
  await pause(idleTime);
  return (computed() - before) / idleTime;
}

async function bareMemory(): Promise<number> {
  const bare = spawn(process.execPath, ['--eval', 'setTimeout(() => {}, 60000)']);
  await pause(1_000);
  const memory = residentMemory(bare.pid ?? 0);
  bare.kill();
  await once(bare, 'exit');
  return memory;
}

const groups = await makeGroups();
const bare = await bareMemory();
const { child, daemon } = await startDaemon();
const rows = [
  ['MB', 'daemon', 'its processes', 'together', 'aim'],
  ['a Node that does nothing, twice', bare.toFixed(0), bare.toFixed(0), (2 * bare).toFixed(0), ''],
];
await pause(settleTime);
const share = await idleShare(daemon.pid);
rows.push(memoryRow('idle', daemon.pid, '150'));
const begun = performance.now();
await send(daemon, groups);
const perSecond = (messages * 1_000) / (performance.now() - begun);
rows.push(memoryRow(`at the end of ${messages} messages`, daemon.pid, ''));
await reload(daemon);
rows.push(memoryRow(`at the end of ${reloads} reloads`, daemon.pid, ''));
await pause(settleTime);
rows.push(memoryRow('a moment later', daemon.pid, '220'));
console.log(table(rows));
console.log(`Idle processor time: ${(share * 100).toFixed(2)}% of one (aim 0.2%).`);
console.log(`${perSecond.toFixed(0)} messages a second.`);
child.kill('SIGTERM');
await once(child, 'exit');
rmSync(folder, { recursive: true });

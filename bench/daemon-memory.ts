/**
 * How much a daemon grows: `npm run bench -- daemon-memory [messages]`.
 *
 * Starts a daemon with five handlers, sends messages (100,000 unless told) from eight people in eight groups over
 * HTTP, and prints its memory when idle, after 2,000 messages of warming up, and at the end.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openApp } from '../src/app.ts';
import { packageFile } from '../src/base/package-file.ts';
import { findWorkspace } from '../src/config/workspace.ts';
import { askStatus } from '../src/daemon/control-client.ts';
import { type DaemonInfo, findDaemon } from '../src/daemon/info.ts';
import { attachHandler } from '../src/services/bots/playground.ts';
import { ensureGroup, ensureParticipant, ensureUser } from '../src/services/users/people.ts';
import { makeToken } from '../src/services/users/tokens.ts';
import { exactBot, posting } from '../test/support/bot-source.ts';

const total = Number(process.argv[2] ?? 100_000);
const warmUp = Math.min(2_000, total);
const people = 8;

const folder = mkdtempSync(path.join(tmpdir(), 'messenger-memory-'));
mkdirSync(path.join(folder, 'bots'));
for (let number = 1; number <= 5; number++) {
  const source = exactBot(`Bot${number}`, `!${number}`, posting(`'answer ${number}'`));
  writeFileSync(path.join(folder, 'bots', `Bot${number}.ts`), source);
}
const config = { bots: { enabled: true }, http: { rateLimits: { api: 0, message: 0, attachment: 0 } } };
writeFileSync(path.join(folder, 'messenger.config.mjs'), `export default ${JSON.stringify(config)};`);
const workspace = findWorkspace(folder);

function runningDaemon(): DaemonInfo {
  const found = findDaemon(workspace);
  if (found === undefined) throw new Error('The daemon did not start.');
  return found;
}

async function settle() {
  const app = await openApp({ workspace });
  const homes = [];
  for (let number = 1; number <= people; number++) {
    const thread = await ensureGroup(app, `House ${number}`, { chatBots: true });
    const person = await ensureUser(app, `Person ${number}`);
    await ensureParticipant(app, { thread, user: person, admin: true });
    await attachHandler(app, { thread, user: person, handler: 'bot1', params: {} });
    homes.push({ threadId: thread.id, token: (await makeToken(app, person.name)).token });
  }
  await app.close();
  return homes;
}

const homes = await settle();
const child = spawn(
  process.execPath,
  [packageFile('bin/messenger.js'), 'serve', '--port', '0', '--json', '--quiet'],
  {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
await once(child.stdout, 'data');
const daemon = runningDaemon();

const megabytes = async () => Math.round((await askStatus(daemon)).memory.rss / 2 ** 20);

/** Every tenth message is for a bot. */
async function send(count: number): Promise<void> {
  let sent = 0;
  await Promise.all(
    homes.map(async ({ threadId, token }) => {
      while (sent < count) {
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

await pause(30_000);
const idle = await megabytes();
await send(warmUp);
await pause(10_000);
const warm = await megabytes();
const begun = Date.now();
await send(total - warmUp);
const seconds = (Date.now() - begun) / 1000;
await pause(30_000);
const end = await megabytes();
console.log(
  `idle ${idle} MB, after ${warmUp} messages ${warm} MB, after ${total} ${end} MB: grown by ${end - warm} MB`,
);
console.log(`${Math.round((total - warmUp) / seconds)} messages a second`);
child.kill('SIGTERM');
await once(child, 'exit');
rmSync(folder, { recursive: true });

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openApp } from '../../src/app.ts';
import { findWorkspace, type Workspace } from '../../src/config/workspace.ts';
import { attachHandler } from '../../src/services/bots/playground.ts';
import { ensureGroup, ensureParticipant, ensureUser } from '../../src/services/users/people.ts';
import { makeToken } from '../../src/services/users/tokens.ts';
import { exactBot, posting } from '../support/bot-source.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';
import { type ChaosGroup, type Daemon, send, startDaemon } from './chaos-workspace.ts';

const config = {
  bots: { enabled: true },
  http: { port: 0, rateLimits: { api: 0, message: 0, attachment: 0 } },
};

/** A group with a bot that greets, at most once in three seconds, and one that naps for a second. */
async function createSmallWorkspace(): Promise<{ workspace: Workspace; group: ChaosGroup }> {
  const folder = temporaryFolder(onTestFinished);
  writeFiles(folder, {
    'bots/Hello.ts': exactBot('Hello', 'hi', posting("'hello'")),
    'bots/Nap.ts': exactBot(
      'Nap',
      'nap',
      `${posting("'naps'")} await this.sleep(1_000); ${posting("'is awake'")}`,
    ),
    'messenger.config.mjs': `export default ${JSON.stringify(config)};`,
  });
  const workspace = findWorkspace(folder);
  const app = await openApp({ workspace });
  const thread = await ensureGroup(app, 'Group', { chatBots: true });
  const person = await ensureUser(app, 'Ada');
  await ensureParticipant(app, { thread, user: person, admin: true });
  await attachHandler(app, { thread, user: person, handler: 'hello', params: { cooldown: 3 } });
  await attachHandler(app, { thread, user: person, handler: 'nap', params: {} });
  const { token } = await makeToken(app, person.name);
  await app.close();
  return { workspace, group: { threadId: thread.id, token } };
}

async function daemonIn(workspace: Workspace, file: string): Promise<Daemon> {
  const daemon = await startDaemon(workspace, { CHAOS_CLOCK_FILE: file });
  if (daemon === undefined) throw new Error('The daemon did not start.');
  onTestFinished(() => void daemon.child.kill('SIGKILL'));
  return daemon;
}

/** How often something was written in the group. */
async function count(url: string, { threadId, token }: ChaosGroup, text: string): Promise<number> {
  const response = await fetch(`${url}/api/messenger/threads/${threadId}/messages`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { data } = (await response.json()) as { data: Array<{ body: string }> };
  return data.filter(({ body }) => body === text).length;
}

/** Long enough for a slow machine, and nothing beside an hour. */
const soon = { timeout: 60_000, interval: 500 };

test('a daemon whose clock is set back an hour answers after its cooldown and wakes who sleeps, also after a restart', async () => {
  const { workspace, group } = await createSmallWorkspace();
  const file = path.join(workspace.folder, 'an-hour-back');
  const daemon = await daemonIn(workspace, file);
  const greeted = (url: string, times: number) =>
    expect.poll(async () => {
      await send(url, group, 'hi');
      return (await count(url, group, 'hello')) >= times;
    }, soon);

  await greeted(daemon.url, 1).toBe(true);
  await send(daemon.url, group, 'nap');
  await expect.poll(() => count(daemon.url, group, 'naps'), soon).toBe(1);
  writeFileSync(file, '');
  await expect.poll(() => count(daemon.url, group, 'is awake'), soon).toBe(1);
  await greeted(daemon.url, (await count(daemon.url, group, 'hello')) + 1).toBe(true);

  daemon.child.kill('SIGTERM');
  await daemon.ended;
  const next = await daemonIn(workspace, file);
  await greeted(next.url, (await count(next.url, group, 'hello')) + 1).toBe(true);
});

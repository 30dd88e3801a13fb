import { expect, test } from 'vitest';
import { openHttpServer } from '../../src/http/server.ts';
import { promoteParticipant } from '../../src/services/participants/change-participant.ts';
import { exactBot, posting } from '../support/bot-source.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';
import { TestGroup } from '../support/test-group.ts';

/** Lets Ada attach whatever refuses her, as an application that this messenger stands behind may decide. */
const config = `import { MessengerBots } from 'messenger-bots';
export default {
  bots: { enabled: true, isolation: 'none', memory: 64, concurrency: 2 },
  http: {
    auth: async ({ headers }) => {
      const name = String(headers['x-name']);
      if (name === 'Ada') MessengerBots.shouldAuthorize(false);
      await new Promise(setImmediate);
      return { name };
    },
  },
};`;

const refusing = exactBot('No', 'hi', posting("'no'"), { members: 'authorize() { return false; }' });

test('authorize() is left out for the request of one person, whoever asks at the same time', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'messenger.config.ts': config, 'bots/No.ts': refusing });
  const testGroup = await TestGroup.in(folder, 'Lounge');
  const server = await openHttpServer(testGroup.app, { port: 0 });
  const bot = await testGroup.bot('Bot');
  const bob = await testGroup.person('Bob');
  const participant = await testGroup.app.store.participants.find(testGroup.thread.id, bob.id);
  if (participant === undefined) throw new Error('Bob is not there');
  await promoteParticipant(testGroup.app, {
    thread: testGroup.thread,
    user: await testGroup.person('Ada'),
    participant,
  });
  const address = `${server.url}/api/messenger/threads/${testGroup.thread.id}/bots/${bot.id}`;
  const ask = (name: string, path: string, init: RequestInit = {}) =>
    fetch(`${address}${path}`, { ...init, headers: { 'x-name': name, 'content-type': 'application/json' } });
  const body = JSON.stringify({ handler: 'no', cooldown: 0, admin_only: false, enabled: true });
  const attach = async (name: string) => (await ask(name, '/actions', { method: 'POST', body })).status;
  const offered = async (name: string) => JSON.parse(await (await ask(name, '/add-handlers')).text()).length;

  const names = ['Ada', 'Bob', 'Bob', 'Ada', 'Bob', 'Ada', 'Bob', 'Bob'];
  expect(await Promise.all(names.map(attach))).toEqual(names.map((name) => (name === 'Ada' ? 201 : 403)));
  expect(await Promise.all(names.map(offered))).toEqual(names.map((name) => (name === 'Ada' ? 1 : 0)));
  expect(await attach('Bob')).toBe(403);
  await server.close();
});

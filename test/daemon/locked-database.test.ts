import SqliteDatabase from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { askStatus } from '../../src/daemon/control-client.ts';
import { makeToken } from '../../src/services/users/tokens.ts';
import { exactBot, posting } from '../support/bot-source.ts';
import { daemonWorkspace, groupWith, startDaemon } from '../support/daemons.ts';

const echo = { 'Echo.ts': exactBot('Echo', 'hi', posting('"hello"')) };

/** A daemon with a group in it, asked over HTTP as its admin, and a lock on its database. */
async function lockedDaemon(busyTimeout: number) {
  const workspace = daemonWorkspace(echo, { database: { busyTimeout } });
  const daemon = await startDaemon(workspace);
  const group = await groupWith(daemon, 'echo');
  const { token } = await makeToken(daemon.app, 'Ada');
  const ask = (path: string, message?: string) =>
    fetch(`${daemon.info.url}/api/messenger/threads/${group.thread.id}${path}`, {
      method: message === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(message !== undefined && { body: JSON.stringify({ message, temporary_id: message }) }),
    });
  const other = new SqliteDatabase(workspace.database);
  onTestFinished(() => void other.close());
  other.exec('begin immediate');
  return { daemon, group, ask, release: () => void other.exec('rollback') };
}

test('a database that stays locked: what is sent is answered 503, what is read is answered, and the daemon tells how it is', async () => {
  const { daemon, ask } = await lockedDaemon(50);
  const refused = await ask('/messages', 'hi');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await refused.json()).toEqual({ message: expect.stringContaining('locked the database') });
  expect((await ask('/messages')).status).toBe(200);
  expect(await askStatus(daemon.info)).toMatchObject({ pid: process.pid });
});

test('a database that is locked for a while: others are answered meanwhile, and what was sent is answered by its bot', async () => {
  const { daemon, group, ask, release } = await lockedDaemon(10_000);
  const sent = ask('/messages', 'hi');
  expect((await ask('/messages')).status).toBe(200);
  expect(await askStatus(daemon.info)).toMatchObject({ pid: process.pid });
  release();
  expect((await sent).status).toBe(201);
  await daemon.app.queue.idle();
  expect(await group.bodies()).toEqual(expect.arrayContaining(['hi', 'hello']));
});

import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Workspace } from '../../src/config/workspace.ts';
import { askStatus } from '../../src/daemon/control-client.ts';
import { findDaemon } from '../../src/daemon/info.ts';
import { serve } from '../../src/daemon/serve.ts';
import { makeToken } from '../../src/services/users/tokens.ts';
import { exactBot, posting } from '../support/bot-source.ts';
import { daemonWorkspace, groupWith, logOf, spawnDaemon, startDaemon } from '../support/daemons.ts';
import { outcome, startMessenger } from '../support/messenger.ts';
import { removeFolder } from '../support/remove-folder.ts';

/** What can happen to the files of a daemon that runs. */
const accidents: Array<[name: string, happen: (workspace: Workspace) => unknown]> = [
  ['the database is removed', ({ database }) => rmSync(database)],
  ['its log of changes is removed', ({ database }) => rmSync(`${database}-wal`)],
  ['the index of that log is removed', ({ database }) => rmSync(`${database}-shm`)],
  ['the database is emptied', ({ database }) => truncateSync(database)],
  ['another file takes its place', ({ database }) => replace(database)],
  ['.messenger is removed', ({ data }) => removeFolder(data)],
  ['.messenger is renamed', ({ data }) => renameSync(data, `${data}.old`)],
  ['another folder takes the place of .messenger', ({ data }) => replaceFolder(data)],
];

function replace(file: string): void {
  copyFileSync(file, `${file}.backup`);
  renameSync(`${file}.backup`, file);
}

function replaceFolder(data: string): void {
  renameSync(data, `${data}.old`);
  mkdirSync(data);
  copyFileSync(path.join(`${data}.old`, 'messenger.sqlite'), path.join(data, 'messenger.sqlite'));
}

const echo = { 'Echo.ts': exactBot('Echo', 'hi', posting('"hello"')) };

async function runningDaemon() {
  const workspace = daemonWorkspace(echo);
  const daemon = await startDaemon(workspace);
  const group = await groupWith(daemon, 'echo');
  const { token } = await makeToken(daemon.app, 'Ada');
  const send = (message: string) =>
    fetch(`${daemon.info.url}/api/messenger/threads/${group.thread.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ message, temporary_id: message }),
    });
  return { workspace, daemon, group, send };
}

describe.each(accidents)('while a daemon runs %s', (_, happen) => {
  test('nothing is accepted from that moment on, and the answer and the log say so', async () => {
    const { workspace, send } = await runningDaemon();
    await happen(workspace);
    const answer = await send('hi');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ message: expect.stringContaining('while it was in use') });
    const told = expect.objectContaining({ where: 'database', level: 'error' });
    await expect.poll(() => errorsIn(workspace), { timeout: 5_000 }).toContainEqual(told);
  });

  test('no other daemon starts beside it, and it can be asked how it is', async () => {
    const { workspace, daemon } = await runningDaemon();
    await happen(workspace);
    await expect.poll(() => findDaemon(workspace), { timeout: 5_000 }).toEqual(daemon.info);
    await expect(serve({ workspace, onStop: () => {} })).rejects.toMatchObject({ code: 'WORKSPACE_BUSY' });
    const { bots } = await askStatus(daemon.info);
    expect(bots.problems).toEqual([expect.stringContaining('while it was in use')]);
  });
});

/** What the log says, where there is one. */
function errorsIn(workspace: Workspace): unknown[] {
  try {
    return logOf(workspace);
  } catch {
    return [];
  }
}

test('a database that is put back is used again', async () => {
  const { workspace, send } = await runningDaemon();
  renameSync(workspace.database, `${workspace.database}.away`);
  expect((await send('one')).status).toBe(503);
  renameSync(`${workspace.database}.away`, workspace.database);
  expect((await send('two')).status).toBe(201);
});

test('where another daemon was faster the first one ends, says why, and leaves the other alone', async () => {
  const workspace = daemonWorkspace(echo);
  const first = await spawnDaemon(workspace);
  // It sees what has happened only once the other one is there.
  first.child.kill('SIGSTOP');
  // Its workers go on, and may be storing what they have compiled.
  await removeFolder(workspace.data);
  const second = await startDaemon(workspace);
  first.child.kill('SIGCONT');
  const [code] = await first.ended;
  expect(code).toBe(1);
  expect(findDaemon(workspace)).toEqual(second.info);
  expect(await askStatus(second.info)).toMatchObject({ pid: process.pid });
});

test('a daemon whose workspace is removed ends, and makes nothing again', async () => {
  const workspace = daemonWorkspace(echo);
  const { ended } = await spawnDaemon(workspace);
  renameSync(workspace.folder, `${workspace.folder}.old`);
  onTestFinished(() => removeFolder(`${workspace.folder}.old`));
  expect(await ended).toEqual([1, null]);
  expect(() => mkdirSync(workspace.folder)).not.toThrow();
});

test('a daemon ends also when another folder has taken the place of its workspace', async () => {
  const workspace = daemonWorkspace(echo);
  const { ended } = await spawnDaemon(workspace);
  renameSync(workspace.folder, `${workspace.folder}.old`);
  onTestFinished(() => removeFolder(`${workspace.folder}.old`));
  mkdirSync(workspace.data, { recursive: true });
  expect(await ended).toEqual([1, null]);
  expect(readdirSync(workspace.data)).not.toContain('lock.sqlite');
});

test('a worker of the queue beside it ends with a sentence and the code 1', async () => {
  const bots = { 'Talker.ts': exactBot('Talker', 'hi', 'console.log("here");') };
  const workspace = daemonWorkspace(bots, { queue: { inline: false } });
  const daemon = await startDaemon(workspace);
  const worker = startMessenger(workspace.folder, ['queue:work']);
  const ended = outcome(worker);
  worker.stderr?.once('data', () => rmSync(workspace.database));
  await (await groupWith(daemon, 'talker')).say('hi');
  const { code, stderr } = await ended;
  expect(code).toBe(1);
  expect(stderr).toContain('Error: .messenger/messenger.sqlite was removed while it was in use');
});

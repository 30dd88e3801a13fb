import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openApp } from '../../src/app.ts';
import type { Workspace } from '../../src/config/workspace.ts';
import { findDaemon } from '../../src/daemon/info.ts';
import { groupNamed } from '../../src/services/users/people.ts';
import { exactBot, posting } from '../support/bot-source.ts';
import { daemonWorkspace, groupWith, logOf, spawnDaemon } from '../support/daemons.ts';
import { outcome, spawnMessenger, startMessenger } from '../support/messenger.ts';
import { makeWorkspace } from '../support/workspace.ts';

const echo = { 'Echo.ts': exactBot('Echo', 'hi', posting('"hello"')) };

/** Ends what a test left running in the background. */
function endDaemonAfter(workspace: Workspace): Workspace {
  onTestFinished(() => {
    const daemon = findDaemon(workspace);
    if (daemon) process.kill(daemon.pid, 'SIGKILL');
  });
  return workspace;
}

/** Stores a message for the bots while nobody answers; and what is in the group then. */
async function leaveMessage(workspace: Workspace, ...bodies: string[]) {
  const app = await openApp({ workspace });
  const group = await groupWith({ app }, 'echo');
  for (const body of bodies) await group.say(body);
  await app.close();
}

async function bodiesOf(workspace: Workspace): Promise<string[]> {
  const app = await openApp({ workspace });
  const thread = await groupNamed(app, 'Lounge');
  const messages = await app.store.messages.newest(thread.id, 100);
  await app.close();
  return messages.map(({ body }) => body).reverse();
}

describe('messenger daemon', () => {
  test('runs in the background from start to stop, and starts anew', async () => {
    const workspace = endDaemonAfter(daemonWorkspace(echo));
    const run = (...words: string[]) => spawnMessenger(workspace.folder, ['daemon', ...words]);
    const started = await run('start', '--json');
    const { pid } = JSON.parse(started.stdout);
    expect(findDaemon(workspace)).toMatchObject({ pid });

    expect(await run('start')).toMatchObject({ code: 1, stderr: expect.stringContaining(`process ${pid}`) });
    const status = await run('status');
    expect(status).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(`process ${pid} at http://[^,]+, up \\d+ s, \\d+ MB`),
    });
    expect(JSON.parse((await run('status', '--json')).stdout)).toMatchObject({ pid, queue: { failed: 0 } });

    const restarted = JSON.parse((await run('restart', '--json')).stdout);
    expect(restarted.pid).not.toBe(pid);
    expect(restarted.url).toBe(JSON.parse(started.stdout).url);
    const log = (await run('logs')).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).msg);
    expect(log).toEqual(['started', 'stopping', 'stopped', 'started']);
    expect((await run('logs', '-n', '1')).stdout.trim().split('\n')).toHaveLength(1);

    expect(await run('stop')).toMatchObject({ code: 0, stdout: `Stopped process ${restarted.pid}.\n` });
    expect(findDaemon(workspace)).toBeUndefined();
    expect(readFileSync(`${workspace.data}/.gitignore`, 'utf8')).toBe('*\n');
  });

  test.each([
    [
      'off',
      'false',
      /^Started at .*\nBots are off, so no message is answered\. Set MESSENGER_BOTS_ENABLED=true, /,
    ],
    ['on', 'true', /^Started at [^\n]*\n$/],
  ])('start and restart say when bots are %s', async (_, enabled, sentence) => {
    const workspace = endDaemonAfter(daemonWorkspace(echo));
    const env = { MESSENGER_BOTS_ENABLED: enabled };
    const run = (...words: string[]) => spawnMessenger(workspace.folder, ['daemon', ...words], '', env);
    expect((await run('start')).stdout).toMatch(sentence);
    expect((await run('restart')).stdout).toMatch(sentence);
    const { bots } = JSON.parse((await run('restart', '--json')).stdout);
    expect(bots).toEqual({ enabled: enabled === 'true' });
  });

  test.each([['stop'], ['status']])('%s says so where none runs', async (word) => {
    const { folder } = makeWorkspace();
    expect(await spawnMessenger(folder, ['daemon', word])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'Error: No daemon is running in this workspace. Start one with "messenger daemon start".\n',
    });
  });

  test('start tells why it could not', async () => {
    const { folder } = makeWorkspace({ 'messenger.config.mjs': 'export default { bots: { timeout: -1 } };' });
    const { code, stdout, stderr } = await spawnMessenger(folder, ['daemon', 'start']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^Error: The daemon did not start: The configuration in .*bots\.timeout/);
  });

  test('start says so when nothing told why', async () => {
    const text = `if (process.argv.includes('serve')) process.kill(process.pid, 'SIGKILL');
      export default {};`;
    const { folder } = makeWorkspace({ 'messenger.config.mjs': text });
    expect(await spawnMessenger(folder, ['daemon', 'start'])).toMatchObject({
      code: 1,
      stderr:
        'Error: The daemon did not start: its process ended without an error message. Look in .messenger/logs and start it again.\n',
    });
  });

  test('restart leaves one alone that could not start again', async () => {
    const workspace = daemonWorkspace(echo);
    const { ready } = await spawnDaemon(workspace);
    writeFileSync(`${workspace.folder}/messenger.config.mjs`, 'export default { bots: { timeout: -1 } };');
    const { code, stderr } = await spawnMessenger(workspace.folder, ['daemon', 'restart']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('bots.timeout')]);
    expect(findDaemon(workspace)).toMatchObject({ pid: ready.pid });
  });

  test('start works after a daemon was killed', async () => {
    const workspace = endDaemonAfter(daemonWorkspace(echo));
    const { child } = await spawnDaemon(workspace);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await spawnMessenger(workspace.folder, ['daemon', 'start'])).toMatchObject({ code: 0 });
  });

  test('one that hangs holds nobody up, and is ended by stop --force', async () => {
    const workspace = daemonWorkspace(echo);
    const { child, ended } = await spawnDaemon(workspace);
    child.kill('SIGSTOP');
    expect(await spawnMessenger(workspace.folder, ['attach', 'echo'])).toMatchObject({ code: 0, stderr: '' });
    const { code } = await spawnMessenger(workspace.folder, ['daemon', 'stop', '--force']);
    expect([code, (await ended)[1]]).toEqual([0, 'SIGKILL']);
  });

  test('goes on when a listener fails late, and prints where nobody reads', async () => {
    const workspace = endDaemonAfter(daemonWorkspace(echo));
    await leaveMessage(workspace, 'hi', 'hi', 'hi');
    const listener = `() => {
      console.log('printed');
      setTimeout(() => { throw new Error('too late'); });
      Promise.reject(new Error('forgotten'));
    }`;
    writeFileSync(
      `${workspace.folder}/messenger.config.mjs`,
      `export default { bots: { enabled: true }, listeners: { BotActionHandled: ${listener} } };`,
    );
    const { stdout } = await spawnMessenger(workspace.folder, ['daemon', 'start', '--port', '0', '--json']);
    const late = () => logOf(workspace).filter(({ where }) => where === 'nobody waited');
    await vi.waitFor(() => expect(late()).toHaveLength(6), { timeout: 60_000, interval: 50 });
    expect(late()[0]).toMatchObject({ stack: expect.stringContaining('messenger.config.mjs:') });
    expect(findDaemon(workspace)).toMatchObject({ pid: JSON.parse(stdout).pid });
  });

  test('logs -f goes on with what comes, until it is interrupted', async () => {
    const workspace = daemonWorkspace(echo);
    const { child, ended } = await spawnDaemon(workspace);
    const logs = startMessenger(workspace.folder, ['daemon', 'logs', '-f']);
    const end = outcome(logs);
    const read = (word: string) =>
      new Promise<void>((resolve) => {
        logs.stdout?.on('data', (text: string) => text.includes(`"${word}"`) && resolve());
      });
    const stopped = read('stopped');
    await read('started');
    child.kill('SIGTERM');
    await Promise.all([ended, stopped]);
    logs.kill('SIGINT');
    expect(await end).toMatchObject({ code: 130, stderr: '' });
  });
});

describe('messenger serve', () => {
  test.each([
    ['SIGTERM', 'SIGTERM'],
    ['SIGINT', 'SIGINT'],
  ] as const)('lets a running handler finish at %s and exits 0', async (_, signal) => {
    const slow = exactBot(
      'Echo',
      'hi',
      `console.log('begun'); await new Promise((end) => setTimeout(end, 400)); ${posting('"hello"')}`,
    );
    const workspace = daemonWorkspace({ 'Echo.ts': slow });
    await leaveMessage(workspace, 'hi');
    const { child, ended } = await spawnDaemon(workspace);
    const logs = startMessenger(workspace.folder, ['daemon', 'logs', '-f']);
    await new Promise<void>((resolve) => {
      logs.stdout?.setEncoding('utf8').on('data', (text: string) => text.includes('begun') && resolve());
    });
    logs.kill('SIGKILL');
    child.kill(signal);
    expect(await ended).toEqual([0, null]);
    expect(await bodiesOf(workspace)).toContain('hello');
  });

  test('cuts a handler that goes on past the limit; it answers at the next start', async () => {
    const stuck = exactBot('Echo', 'hi', 'console.log("begun"); await new Promise(() => {});');
    const workspace = daemonWorkspace({ 'Echo.ts': stuck }, { queue: { grace: 50 } });
    await leaveMessage(workspace, 'hi');
    const { child, ended } = await spawnDaemon(workspace);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    writeFileSync(`${workspace.bots}/Echo.ts`, echo['Echo.ts']);
    expect((await spawnMessenger(workspace.folder, ['queue:work', '--stop-when-empty'])).code).toBe(0);
    expect(await bodiesOf(workspace)).toContain('hello');
  });
});

describe('messenger queue:work', () => {
  test('--stop-when-empty answers everything and ends', async () => {
    const workspace = daemonWorkspace(echo);
    await leaveMessage(workspace, 'hi', 'hi', 'hi');
    expect(await spawnMessenger(workspace.folder, ['queue:work', '--stop-when-empty'])).toMatchObject({
      code: 0,
    });
    expect((await bodiesOf(workspace)).filter((body) => body === 'hello')).toHaveLength(3);
  });

  test('--once answers one message and ends', async () => {
    const workspace = daemonWorkspace(echo);
    await leaveMessage(workspace, 'hi', 'hi', 'hi');
    expect(await spawnMessenger(workspace.folder, ['queue:work', '--once'])).toMatchObject({ code: 0 });
    expect((await bodiesOf(workspace)).filter((body) => body === 'hello')).toHaveLength(1);
  });

  test.each([[['--once']], [['--stop-when-empty']]])(
    '%j ends where there is nothing to do',
    async (words) => {
      const { folder } = makeWorkspace();
      expect(await spawnMessenger(folder, ['queue:work', ...words])).toMatchObject({ code: 0, stdout: '' });
    },
  );

  test('works on the queue that is named, and on no other', async () => {
    const workspace = daemonWorkspace(echo, { bots: { subscriber: { channel: 'answers' } } });
    await leaveMessage(workspace, 'hi');
    const work = (queue: string) =>
      spawnMessenger(workspace.folder, ['queue:work', '--queue', queue, '--once']);
    await work('messenger-bots');
    expect(await bodiesOf(workspace)).not.toContain('hello');
    await work('answers');
    expect(await bodiesOf(workspace)).toContain('hello');
  });
});

import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { openApp } from '../../src/app.ts';
import { findWorkspace } from '../../src/config/workspace.ts';
import { askStatus, askToStop } from '../../src/daemon/control-client.ts';
import { findDaemon } from '../../src/daemon/info.ts';
import { daemonPaths } from '../../src/daemon/paths.ts';
import { relayEvents } from '../../src/daemon/relay.ts';
import { serve } from '../../src/daemon/serve.ts';
import { exactBot, posting } from '../support/bot-source.ts';
import { daemonWorkspace, groupWith, logOf, startDaemon } from '../support/daemons.ts';
import { makeWorkspace } from '../support/workspace.ts';

const echo = { 'Echo.ts': exactBot('Echo', 'hi', posting('"hello"')) };
const broken = { 'Broken.ts': exactBot('Broken', 'hi', 'throw new Error("It rains.");') };

describe('a daemon', () => {
  test('answers, is found while it runs, tells how it is, and ends', async () => {
    const workspace = daemonWorkspace(echo);
    const daemon = await serve({ workspace, onStop: () => {} });
    const { say, bodies } = await groupWith(daemon, 'echo');
    await say('hi');
    await daemon.app.queue.idle();
    expect(await bodies()).toContain('hello');
    expect(findDaemon(workspace)).toEqual(daemon.info);
    expect(await askStatus(daemon.info)).toMatchObject({
      pid: process.pid,
      uptime: expect.any(Number),
      bots: { enabled: true, handlers: 1, packages: 0, problems: [] },
      queue: { channel: 'messenger-bots', inline: true, waiting: 0, ready: 0, running: 0, failed: 0 },
      runs: { handled: 1, failed: 0, lastMinute: 1, slowest: [{ handler: 'echo', runs: 1 }] },
      memory: { rss: expect.any(Number) },
    });
    await daemon.close();
    expect(findDaemon(workspace)).toBeUndefined();
    expect(existsSync(daemonPaths(workspace.data).socket)).toBe(false);
  });

  test('keeps its socket and its whereabouts to its owner', async () => {
    const workspace = daemonWorkspace({});
    const { info } = await startDaemon(workspace);
    const modes = [info.socket, daemonPaths(workspace.data).info].map((file) => statSync(file).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600]);
  });

  test('is refused beside another one, which goes on', async () => {
    const workspace = daemonWorkspace(echo);
    const { info } = await startDaemon(workspace);
    await expect(serve({ workspace, onStop: () => {} })).rejects.toThrow(`as process ${process.pid}`);
    expect(await askStatus(info)).toMatchObject({ pid: process.pid });
  });

  test('leaves the workspace free where it cannot start', async () => {
    const { folder, ...workspace } = makeWorkspace({ 'messenger.config.mjs': 'export default { bots: 1 };' });
    const start = () => serve({ workspace: { folder, ...workspace }, onStop: () => {} });
    await expect(start()).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(start()).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });

  test('can be asked to end', async () => {
    let asked = 0;
    const { info } = await startDaemon(daemonWorkspace({}), () => asked++);
    await askToStop(info);
    expect(asked).toBe(1);
  });

  test('lives in a folder whose path is too long for a socket', async () => {
    const deep = 'd'.repeat(60);
    const { folder } = makeWorkspace({ [`${deep}/${deep}/messenger.config.mjs`]: 'export default {};' });
    const inside = path.join(folder, deep, deep);
    const { info } = await startDaemon(findWorkspace(inside));
    expect(await askStatus(info)).toMatchObject({ pid: process.pid });
  });
});

describe('the log', () => {
  test('has what handlers print under their names, their failures, and files that are broken', async () => {
    const workspace = daemonWorkspace({
      'Talker.ts': exactBot('Talker', 'hi', 'console.log("one\\ntwo"); throw new Error("It rains.");'),
      'Half.ts': 'export class {',
    });
    const daemon = await startDaemon(workspace);
    const { say } = await groupWith(daemon, 'talker');
    await say('hi');
    await daemon.app.queue.idle();
    const entries = logOf(workspace);
    expect(entries).toContainEqual(expect.objectContaining({ handler: 'Talker', printed: true, msg: 'two' }));
    expect(entries).toContainEqual(
      expect.objectContaining({
        level: 'error',
        handler: 'talker',
        msg: 'It rains.',
        stack: expect.stringMatching(/Talker\.ts:\d+/),
      }),
    );
    // It may be read later than the other one has answered.
    await vi.waitFor(() =>
      expect(logOf(workspace)).toContainEqual(
        expect.objectContaining({ level: 'warn', msg: expect.stringContaining('Half.ts') }),
      ),
    );
  });
});

describe('listeners of the configuration', () => {
  test('are called with the event; one that fails is logged and stops nothing', async () => {
    const { folder } = daemonWorkspace(broken);
    const heard = path.join(folder, 'heard.txt');
    writeFileSync(
      path.join(folder, 'messenger.config.mjs'),
      `import { appendFileSync } from 'node:fs';
       export default {
         bots: { enabled: true },
         listeners: {
           NewMessage: () => { throw new Error('The listener broke.'); },
           BotActionFailed: (event) => appendFileSync(${JSON.stringify(heard)}, event.error.message),
         },
       };`,
    );
    const workspace = findWorkspace(folder);
    const daemon = await startDaemon(workspace);
    const { say } = await groupWith(daemon, 'broken');
    await say('hi');
    await daemon.app.queue.idle();
    expect(readFileSync(heard, 'utf8')).toBe('It rains.');
    expect(logOf(workspace)).toContainEqual(
      expect.objectContaining({
        level: 'error',
        where: 'listener of NewMessage',
        msg: 'The listener broke.',
      }),
    );
  });
});

describe('another process', () => {
  test('answers where the daemon only accepts, and what happens there reaches the daemon', async () => {
    const workspace = daemonWorkspace(echo, { queue: { inline: false } });
    const daemon = await startDaemon(workspace);
    const { say, bodies } = await groupWith(daemon, 'echo');
    const heard: string[] = [];
    daemon.app.events.on('NewMessage', ({ message }) => heard.push(message.body));
    await say('hi');
    const worker = await openApp({ workspace });
    const relay = relayEvents(worker.events, daemon.info);
    worker.answer();
    await worker.queue.idle();
    await relay.close();
    await worker.close();
    expect(await bodies()).toContain('hello');
    expect(heard).toEqual(['hi', 'hello']);
    expect((await askStatus(daemon.info)).runs).toMatchObject({ handled: 1 });
  });

  test('a worker keeps what happens to itself until a daemon starts beside it', async () => {
    const workspace = daemonWorkspace(echo, { queue: { inline: false } });
    const worker = await openApp({ workspace });
    const unheard: string[] = [];
    const relay = relayEvents(worker.events, daemonPaths(workspace.data), ({ name }) => unheard.push(name));
    const reloaded = { live: [], restart: [], problem: null };
    worker.events.emit('ConfigurationReloaded', reloaded);
    await vi.waitFor(() => expect(unheard).toEqual(['ConfigurationReloaded']));
    const daemon = await startDaemon(workspace);
    const heard = new Promise((resolve) => daemon.app.events.on('ConfigurationReloaded', resolve));
    worker.events.emit('ConfigurationReloaded', reloaded);
    expect(await heard).toEqual(reloaded);
    await relay.close();
    await worker.close();
    expect(unheard).toHaveLength(1);
  });
});

describe('bots.subscriber', () => {
  test('queued: false lets sending wait for the bots', async () => {
    const daemon = await startDaemon(daemonWorkspace(echo, { bots: { subscriber: { queued: false } } }));
    const { say, bodies } = await groupWith(daemon, 'echo');
    await say('hi');
    expect(await bodies()).toContain('hello');
  });

  test('queued: false does not wait for ever for a handler that fails', async () => {
    const daemon = await startDaemon(daemonWorkspace(broken, { bots: { subscriber: { queued: false } } }));
    const { say } = await groupWith(daemon, 'broken');
    const failed = daemon.app.events;
    const codes: string[] = [];
    failed.on('BotActionFailed', ({ error }) => codes.push(error.code));
    await say('hi');
    expect(codes).toEqual(['HANDLER_THREW']);
  });

  test('enabled: false hands no message to bots', async () => {
    const daemon = await startDaemon(daemonWorkspace(echo, { bots: { subscriber: { enabled: false } } }));
    const { say, bodies } = await groupWith(daemon, 'echo');
    await say('hi');
    await daemon.app.queue.idle();
    expect(await bodies()).not.toContain('hello');
  });

  test('channel names the queue', async () => {
    const config = { bots: { subscriber: { channel: 'answers' } }, queue: { inline: false } };
    const daemon = await startDaemon(daemonWorkspace(echo, config));
    const { say } = await groupWith(daemon, 'echo');
    await say('hi');
    expect(await daemon.app.store.jobs.counts('answers')).toMatchObject({ ready: 1 });
  });
});

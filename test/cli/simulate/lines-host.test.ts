import { expect, test } from 'vitest';
import { botsOff } from '../../../src/cli/simulate/playground-report.ts';
import { askStatus } from '../../../src/daemon/control-client.ts';
import { serve } from '../../../src/daemon/serve.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
import { daemonWorkspace, groupWith, startDaemon } from '../../support/daemons.ts';
import { TestLines } from '../../support/lines.ts';

const echo = { 'Echo.ts': exactBot('Echo', 'hi', posting("'hello'")) };

test('lines join a daemon that is served, print only what happens in their group, and leave it running', async () => {
  const workspace = daemonWorkspace(echo);
  const daemon = await startDaemon(workspace);
  const { say } = await groupWith(daemon, 'echo');
  const lines = await TestLines.open(workspace.folder, 'Bea');
  expect(await lines.host.daemonNotices()).toEqual(['Attached to the running daemon.']);
  await say('hi');
  await daemon.app.queue.idle();
  await lines.type('hi');
  expect(lines.printed).toEqual(['message: hi', 'message: hello']);
  await lines.host.close();
  expect(await askStatus(daemon.info)).toMatchObject({ pid: process.pid });
});

test('failures are printed as they are in a daemon of the same process', async () => {
  const workspace = daemonWorkspace({ 'Bad.ts': exactBot('Bad', 'hi', "throw new Error('no luck');") });
  await startDaemon(workspace);
  const lines = await TestLines.open(workspace.folder, 'Bea');
  await lines.type('hi');
  expect(lines.printed).toEqual(['message: hi', 'failed: no luck']);
});

test('lines say when the bots of a daemon are off', async () => {
  const workspace = daemonWorkspace(echo, { bots: { enabled: false } });
  await startDaemon(workspace);
  const lines = await TestLines.open(workspace.folder, 'Bea');
  expect(await lines.host.daemonNotices()).toEqual(['Attached to the running daemon.', botsOff]);
  await lines.type('hi');
  expect(lines.printed).toEqual(['message: hi']);
});

test('when its daemon has gone, a simulation starts one of its own, and goes on', async () => {
  const workspace = daemonWorkspace(echo);
  const daemon = await serve({ workspace, onStop: () => {} });
  const lines = await TestLines.open(workspace.folder, 'Bea');
  await daemon.close();
  await expect.poll(() => lines.printed).toEqual(['notice: gone']);
  await lines.type('hi');
  expect(lines.printed).toEqual(['message: hi', 'message: hello']);
  expect(lines.host.isOwn).toBe(true);
});

test('a line that is sent while its daemon ends is sent again, and stored and answered once', async () => {
  const workspace = daemonWorkspace(echo);
  const daemon = await serve({ workspace, onStop: () => {} });
  const lines = await TestLines.open(workspace.folder, 'Bea');
  const ended = daemon.close();
  await lines.type('hi');
  await ended;
  const messages = await lines.session.messages();
  expect(messages.filter(({ system_message }) => !system_message).map(({ body }) => body)).toEqual([
    'hi',
    'hello',
  ]);
});

test('two that open the playground at once attach each handler once', async () => {
  const workspace = daemonWorkspace(echo);
  await startDaemon(workspace);
  await Promise.all(['Ada', 'Bea'].map((name) => TestLines.open(workspace.folder, name)));
  const lines = await TestLines.open(workspace.folder, 'Cleo');
  await lines.type('hi');
  expect(lines.printed).toEqual(['message: hi', 'message: hello']);
});

test.each(['/upload a\0b', '/save a\0b', '/attach ..', '/attach .'])(
  'a line that names what cannot be, %j, is an error, and the next line is taken',
  async (line) => {
    const workspace = daemonWorkspace(echo);
    const lines = await TestLines.open(workspace.folder, 'Bea');
    await lines.type(line);
    expect(lines.printed).toEqual([
      expect.stringMatching(/^error: .*(null character|nothing with this name)/),
    ]);
    await lines.type('hi');
    expect(lines.printed).toEqual(['message: hi', 'message: hello']);
  },
);

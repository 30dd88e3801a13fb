import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { openApp } from '../../src/app.ts';
import { packageFile } from '../../src/base/package-file.ts';
import { exactBot, posting } from '../support/bot-source.ts';
import { daemonWorkspace, groupWith } from '../support/daemons.ts';
import { helloBot } from '../support/handlers.ts';
import { outcome, startMessenger } from '../support/messenger.ts';
import { Simulation } from '../support/simulation.ts';
import { writeFiles } from '../support/temporary-folder.ts';
import { makeWorkspace } from '../support/workspace.ts';

describe('a signal ends a simulation', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s with the code %d, and the next one goes on where it was', async (signal, code) => {
    const { folder } = makeWorkspace({ 'bots/HelloBot.ts': helloBot });
    const first = new Simulation(folder);
    first.type('hi');
    await first.until({ event: 'reaction' });
    expect(await first.kill(signal)).toMatchObject({ code, signal: null, stderr: '' });
    const next = new Simulation(folder);
    next.type('hi');
    expect(await next.end()).toMatchObject({ code: 0, stderr: '' });
    expect(next.answers).toEqual(['Why hello there Ada!']);
  });

  const slow = exactBot(
    'Slow',
    'hi',
    `await this.composer().message('one'); if (!(await import('node:fs')).existsSync(new URL('../go-on', import.meta.url))) await new Promise(() => {}); ${posting("'two'")}`,
  );

  test('after a while also in the middle of a handler, which the next one finishes', async () => {
    const { folder } = makeWorkspace({ 'bots/Slow.ts': slow });
    const first = new Simulation(folder);
    first.type('hi');
    await first.until({ body: 'one' });
    expect(await first.kill('SIGTERM')).toMatchObject({ code: 143, stderr: '' });
    writeFiles(folder, { 'go-on': '' });
    const next = new Simulation(folder);
    expect(await next.end()).toMatchObject({ code: 0, stderr: '' });
    expect([first.answers, next.answers]).toEqual([['one'], ['two']]);
  });

  test('at once when it comes twice', async () => {
    const { folder } = makeWorkspace({ 'bots/Slow.ts': slow });
    const first = new Simulation(folder);
    first.type('hi');
    await first.until({ body: 'one' });
    const begin = performance.now();
    first.process.kill('SIGINT');
    first.process.kill('SIGTERM');
    expect(await first.ended).toMatchObject({
      code: expect.toSatisfy((code) => code === 130 || code === 143),
    });
    expect(performance.now() - begin).toBeLessThan(4_500);
    writeFiles(folder, { 'go-on': '' });
    const next = new Simulation(folder);
    await next.end();
    expect(next.answers).toEqual(['two']);
  });
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'a worker of the queue that ends in order after %s exits 0',
  async (signal) => {
    const bots = { 'Talker.ts': exactBot('Talker', 'hi', 'console.log("here");') };
    const workspace = daemonWorkspace(bots, { queue: { inline: false } });
    const app = await openApp({ workspace });
    await (await groupWith({ app }, 'talker')).say('hi');
    await app.close();
    const worker = startMessenger(workspace.folder, ['queue:work']);
    const ended = outcome(worker);
    worker.stderr?.once('data', () => worker.kill(signal));
    expect(await ended).toMatchObject({ code: 0, signal: null, stderr: 'Talker | here\n' });
  },
);

test('a reader that has seen enough is no error', async () => {
  const { folder } = makeWorkspace({ 'bots/HelloBot.ts': helloBot });
  const command = `yes hi | head -50 | "${process.execPath}" "${packageFile('bin/messenger.js')}" simulate --json | head -1; echo "\${PIPESTATUS[2]}"`;
  const { stdout, stderr } = await outcome(spawn('bash', ['-c', command], { cwd: folder }));
  const [event = '', code] = stdout.split('\n');
  expect([typeof JSON.parse(event).event, code, stderr]).toEqual(['string', '0', '']);
});

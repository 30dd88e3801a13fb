import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { exactBot, posting } from '../support/bot-source.ts';
import { eventsOf } from '../support/messenger.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { Project } from './project.ts';

/** A process that did what it should and ended as it should: no signal, nothing said about it. */
const orderly = { code: 0, signal: null, stderr: '' };

/** Collects garbage 200 times while something else runs. */
const collecting = `
let left = 200;
const collect = () => { globalThis.gc(); if (--left > 0) setImmediate(collect); else console.error('collected'); };
collect();
`;

/** Opens and forgets databases, in a worker too, so that what they hold is collected. */
const forgetting = `
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
const Database = createRequire(createRequire(import.meta.url).resolve('messenger-bots'))('better-sqlite3');
export function forget(count) {
  for (let index = 0; index < count; index += 1) {
    const database = new Database(':memory:');
    database.exec('create table t (a)');
    database.prepare('insert into t values (?)').run(index);
    for (const row of database.prepare('select a from t').iterate()) if (row.a !== index) throw new Error('lost');
    globalThis.gc();
  }
}
forget(200);
const worker = new Worker(
  \`import(\${JSON.stringify(import.meta.url)})\`,
  { eval: true, env: { ...process.env, INNER: '1' } },
);
if (process.env.INNER === undefined) {
  const [code] = await once(worker, 'exit');
  console.log('worker', code);
} else await worker.terminate();
`;

describe(`the packed package on Node ${process.versions.node}`, () => {
  const atEnd = endAfterAll();
  let project: Project;
  beforeAll(async () => {
    project = await Project.create(atEnd, { type: 'module' });
  });

  test('asks nobody to approve a script of ours', () => {
    expect(project.installing).not.toContain('messenger-bots');
    const file = project.file('node_modules/messenger-bots/package.json');
    const { scripts } = JSON.parse(readFileSync(file, 'utf8'));
    const asked = ['preinstall', 'install', 'postinstall', 'prepare'];
    expect(Object.keys(scripts).filter((name) => asked.includes(name))).toEqual([]);
  });

  test('has the better-sqlite3 that suits', () => {
    const file = project.file('node_modules/better-sqlite3/package.json');
    const major = Number(process.versions.node.split('.')[0]);
    expect(JSON.parse(readFileSync(file, 'utf8')).version).toMatch(major < 22 ? /^12\./ : /^13\./);
  });

  test('makes a bot that answers, and a package that is accepted', async () => {
    expect(await project.messenger(['make:bot', 'HelloBot'])).toMatchObject(orderly);
    expect(await project.messenger(['make:packaged-bot', 'HelloPackage'])).toMatchObject(orderly);
    const { stdout, ...ended } = await project.messenger(['simulate', '--as', 'Ada'], '!hello\nbye\n');
    expect(ended).toEqual(orderly);
    expect(stdout).toContain('Ada: !hello\nPlaygroundBot is typing …\nPlaygroundBot: Hello Ada!\n');
    expect(await project.messenger(['test-installs', 'HelloPackage'])).toMatchObject(orderly);
  });

  test('keeps what was said, for the next process', async () => {
    await project.messenger(['simulate', '--as', 'Ada'], '!hello\n');
    const { stdout, ...ended } = await project.messenger(['bots', '--json']);
    expect(ended).toEqual(orderly);
    expect(stdout).toContain('PlaygroundBot');
  });

  test('installs, uninstalls and purges', async () => {
    expect(await project.messenger(['install', 'HelloPackage'])).toMatchObject(orderly);
    expect(await project.messenger(['uninstall', 'Hello'])).toMatchObject(orderly);
    const { stdout, ...ended } = await project.messenger(['purge:bots', '--now', '--days', '0']);
    expect(ended).toEqual(orderly);
    expect(stdout).toContain('Purged 1 bot with 2 actions.');
  });

  test('runs in the background and stops in order', async () => {
    project.write({
      'messenger.config.mjs': 'export default { http: { port: 0 }, bots: { enabled: true } };',
    });
    const { stdout, ...ended } = await project.messenger(['daemon', 'start', '--json']);
    expect(ended).toEqual(orderly);
    const { pid } = JSON.parse(stdout);
    expect(await project.messenger(['daemon', 'status'])).toMatchObject(orderly);
    const stopped = await project.messenger(['daemon', 'stop']);
    expect(stopped).toEqual({ ...orderly, stdout: `Stopped process ${pid}.\n` });
    const { stdout: log } = await project.messenger(['daemon', 'logs']);
    const lines = log.trim().split('\n');
    // Those before are of the simulations, each of which ran a daemon of its own.
    expect(lines.slice(-3).map((line) => JSON.parse(line).msg)).toEqual(['started', 'stopping', 'stopped']);
  });

  test.each(['thread', 'process'])(
    'ends a handler in a %s that does not end, and answers on',
    async (isolation) => {
      const bots = JSON.stringify({ isolation, timeout: 1_000 });
      project.write({
        'messenger.config.mjs': `export default { bots: ${bots} };`,
        'bots/Endless.ts': exactBot('Endless', 'loop', 'for (;;);'),
        'bots/Echo.ts': exactBot('Echo', 'hi', posting("'hello'")),
      });
      const { stdout, ...ended } = await project.messenger(
        ['simulate', '--as', 'Ada', '--json'],
        'loop\nhi\n',
      );
      expect(ended.signal).toBeNull();
      expect(eventsOf(stdout)).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ event: 'message', body: 'hello' }),
          expect.objectContaining({ event: 'failed' }),
        ]),
      );
    },
  );

  test('outlives 200 garbage collections while messages are answered', async () => {
    project.write({ 'collecting.mjs': collecting, 'messenger.config.mjs': 'export default {};' });
    const flags = ['--expose-gc', '--import', './collecting.mjs'];
    const { stdout, ...ended } = await project.messenger(
      ['simulate', '--as', 'Ada'],
      '!hello\n'.repeat(30),
      flags,
    );
    expect(ended).toEqual({ ...orderly, stderr: 'collected\n' });
    expect(stdout.match(/^Ada: !hello$/gm)).toHaveLength(30);
  });

  test('outlives 200 databases that are forgotten and collected, in a worker too', async () => {
    project.write({ 'forgetting.mjs': forgetting });
    const ended = await project.node(['--expose-gc', 'forgetting.mjs']);
    expect(ended).toEqual({ ...orderly, stdout: 'worker 0\n' });
  });
});

import { renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openApp } from '../../src/app.ts';
import { findWorkspace } from '../../src/config/workspace.ts';
import { watchWorkspace } from '../../src/daemon/reload.ts';
import type { EventName, Events } from '../../src/domain/event.ts';
import { reloadHandlers } from '../../src/services/handlers/reload-handlers.ts';
import { exactBot, posting } from '../support/bot-source.ts';
import { Reloading, saying } from '../support/reloading.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';
import { TestGroup } from '../support/test-group.ts';
import { TestServer } from '../support/test-server.ts';

/** Watches the workspace of a test group until the test ends. */
async function watching(reloading: Reloading): Promise<Reloading> {
  const { app, workspace } = reloading.testGroup;
  const errors: unknown[] = [];
  const watch = await watchWorkspace({ workspace, app, onError: (error) => errors.push(error) });
  onTestFinished(async () => {
    await watch.close();
    expect(errors).toEqual([]);
  });
  return reloading;
}

/** Resolves with the first event that is as described; a save may be seen in several steps. */
function eventually<Name extends EventName>(
  { testGroup }: Reloading,
  name: Name,
  isIt: (event: Events[Name]) => boolean,
): Promise<Events[Name]> {
  return new Promise((resolve) => {
    const stop = testGroup.app.events.on(name, (event) => {
      if (!isIt(event)) return;
      stop();
      resolve(event);
    });
  });
}

const isLive = ({ classes }: Events['HandlersReloaded']) => classes.length > 0;

/** Saves, and waits until that is live. */
async function saveAndWait(
  reloading: Reloading,
  files: Record<string, string | null>,
  isIt = isLive,
): Promise<Events['HandlersReloaded']> {
  const reloaded = eventually(reloading, 'HandlersReloaded', isIt);
  reloading.save(files);
  return reloaded;
}

/** Lets a link lead elsewhere, as deploys do it: at no moment it leads nowhere. */
function turn(link: string, target: string): void {
  symlinkSync(target, `${link}.new`);
  renameSync(`${link}.new`, link);
}

describe('behind a link', () => {
  /** Two releases beside the workspace, and what of it is a link to the first. */
  async function released(links: Record<string, string>, inside: Record<string, string>) {
    const reloading = await Reloading.open({ 'Echo.ts': saying('one') });
    const { folder } = reloading.testGroup.workspace;
    const releases = temporaryFolder();
    writeFiles(releases, { '1/Echo.ts': saying('one'), '2/Echo.ts': saying('two'), ...inside });
    symlinkSync(path.join(releases, '1'), path.join(releases, 'current'));
    for (const [link, target] of Object.entries(links)) {
      rmSync(path.join(folder, link), { recursive: true, force: true });
      symlinkSync(path.join(releases, target), path.join(folder, link));
    }
    await watching(reloading);
    /** What the bot answers is this, sooner or later. */
    const answers = (text: string) => expect.poll(() => reloading.say(), { timeout: 30_000 }).toEqual([text]);
    return { reloading, folder, releases, answers };
  }

  test.each([
    ['the folder of the handlers', { bots: '1' }, 'bots', (releases: string) => path.join(releases, '2')],
    [
      'one on the way to the folder of the handlers',
      { bots: 'current' },
      '../current',
      (releases: string) => path.join(releases, '2'),
    ],
    [
      'a handler',
      { 'bots/Echo.ts': '1/Echo.ts' },
      'bots/Echo.ts',
      (releases: string) => path.join(releases, '2/Echo.ts'),
    ],
    [
      'one on the way to a handler',
      { 'bots/Echo.ts': 'current/Echo.ts' },
      '../current',
      (releases: string) => path.join(releases, '2'),
    ],
  ])(
    '%s: what it leads to is live, when it is turned and when that is saved',
    async (_, links, turned, target) => {
      const { folder, releases, answers } = await released(links, {});
      writeFiles(releases, { '1/Echo.ts': saying('saved') });
      await answers('saved');
      turn(
        turned.startsWith('..') ? path.join(releases, turned.slice(3)) : path.join(folder, turned),
        target(releases),
      );
      await answers('two');
      writeFiles(releases, { '2/Echo.ts': saying('three') });
      await answers('three');
    },
  );

  test('the configuration is read again when its link is turned', async () => {
    const off = 'export default { reactions: { enabled: false } };';
    const links = { 'messenger.config.mjs': '1/config.mjs' };
    const { reloading, folder, releases } = await released(links, {
      '1/config.mjs': 'export default {};',
      '2/config.mjs': off,
    });
    const read = eventually(reloading, 'ConfigurationReloaded', ({ live }) => live.includes('reactions'));
    turn(path.join(folder, 'messenger.config.mjs'), path.join(releases, '2/config.mjs'));
    expect(await read).toMatchObject({ problem: null });
  });
});

describe('a handler', () => {
  test('that is saved is live; again, and once more', async () => {
    const reloading = await watching(await Reloading.open({ 'Echo.ts': saying('one') }));
    for (const text of ['two', 'three', 'four']) {
      await saveAndWait(reloading, { 'bots/Echo.ts': saying(text) });
      expect(await reloading.say()).toEqual([text]);
    }
  });

  test('that an editor replaces by another file is live, and was never gone', async () => {
    const reloading = await watching(await Reloading.open({ 'Echo.ts': saying('one') }));
    const told = reloading.testGroup.collect('HandlersReloaded');
    const live = eventually(reloading, 'HandlersReloaded', isLive);
    const [temporary = '', file = ''] = ['bots/.Echo.ts.swp', 'bots/Echo.ts'].map((name) =>
      path.join(reloading.testGroup.workspace.folder, name),
    );
    writeFiles(reloading.testGroup.workspace.folder, { 'bots/.Echo.ts.swp': saying('two') });
    renameSync(temporary, file);
    await live;
    expect([await reloading.say(), told.flatMap(({ lost }) => lost)]).toEqual([['two'], []]);
  });

  test('that is broken is told and goes on; corrected it is live', async () => {
    const reloading = await watching(await Reloading.open({ 'Echo.ts': saying('one') }));
    const isBroken = ({ problems }: Events['HandlersReloaded']) => problems.length > 0;
    const { problems } = await saveAndWait(reloading, { 'bots/Echo.ts': '\nconst = 1;' }, isBroken);
    expect([problems, await reloading.say()]).toEqual([
      [{ file: 'bots/Echo.ts', message: expect.stringMatching(/^bots\/Echo\.ts:2: Unexpected token/) }],
      ['one'],
    ]);
    await saveAndWait(reloading, { 'bots/Echo.ts': saying('two') });
    expect(await reloading.say()).toEqual(['two']);
  });

  test('that is new appears, also where there was no folder bots/', async () => {
    const folder = temporaryFolder();
    const config = JSON.stringify({ bots: { enabled: true, memory: 64, concurrency: 2 } });
    writeFiles(folder, { 'messenger.config.mjs': `export default ${config};` });
    const reloading = await watching(new Reloading(await TestGroup.in(folder, 'Lounge')));
    await saveAndWait(reloading, { 'bots/Echo.ts': saying('one') });
    await reloading.testGroup.attach('echo');
    expect(await reloading.say()).toEqual(['one']);
  });

  test('that is deleted says which actions it leaves', async () => {
    const reloading = await watching(await Reloading.open({ 'Echo.ts': saying('one') }));
    const isLost = ({ lost }: Events['HandlersReloaded']) => lost.length > 0;
    const { files, lost } = await saveAndWait(reloading, { 'bots/Echo.ts': null }, isLost);
    expect([files, lost.map(({ handler }) => handler)]).toEqual([['bots/Echo.ts'], ['echo']]);
  });

  test('is live with a file beside bots/ that it imports from some day on', async () => {
    const importing = `import { word } from '../word';\n${exactBot('Echo', 'hi', posting('word'))}`;
    const reloading = await watching(await Reloading.open({ 'Echo.ts': saying('none') }));
    reloading.save({ 'word.ts': "export const word = 'one';" });
    await saveAndWait(reloading, { 'bots/Echo.ts': importing });
    // It is watched as soon as it is known, which is a moment later.
    await vi.waitFor(
      async () => {
        reloading.save({ 'word.ts': "export const word = 'two';" });
        expect(await reloading.say()).toEqual(['two']);
      },
      { timeout: 60_000 },
    );
  });
});

describe('the configuration', () => {
  const configOf = (bots: object, more: object = {}) => ({
    'messenger.config.mjs': `export default ${JSON.stringify({ bots: { enabled: true, isolation: 'none', memory: 64, concurrency: 2, ...bots }, ...more })};`,
  });
  const reader = exactBot('Echo', 'hi', posting('process.env.SOME_KEY'));

  test('takes effect when it is saved, or says what waits for a restart', async () => {
    const reloading = await watching(await Reloading.open({ 'Echo.ts': reader }));
    const told = eventually(reloading, 'ConfigurationReloaded', () => true);
    reloading.save(
      configOf({ concurrency: 3, timeout: 5_000 }, { keys: { SOME_KEY: 'given' }, knocks: { timeout: 1 } }),
    );
    const { live, restart, problem } = await told;
    expect([live.sort(), restart, problem]).toEqual([
      ['bots.timeout', 'keys', 'knocks'],
      ['bots.concurrency'],
      null,
    ]);
    expect([await reloading.say(), reloading.testGroup.app.settings().knockTimeout]).toEqual([['given'], 1]);
  });

  test('that is saved counts for the next request of HTTP', async () => {
    const testServer = await TestServer.open({}, {}, onTestFinished);
    const reloading = await watching(new Reloading(testServer.testGroup));
    const thread = `/threads/${testServer.thread.id}`;
    const send = (message: string) =>
      testServer.call('POST', `${thread}/messages`, { message, temporary_id: '1' });
    const upload = () => {
      const form = new FormData();
      form.set('temporary_id', '1');
      form.set('document', new Blob(['x'.repeat(3_000)]), 'notes.txt');
      return testServer.call('POST', `${thread}/documents`, form);
    };
    const statuses = async () => [(await send('four')).status, (await upload()).status];
    expect(await statuses()).toEqual([201, 201]);
    const told = eventually(reloading, 'ConfigurationReloaded', () => true);
    reloading.save(configOf({}, { messages: { sizeLimit: 3 }, uploads: { limits: { document: 1 } } }));
    expect((await told).live.sort()).toEqual(['messages', 'uploads']);
    expect(await statuses()).toEqual([422, 422]);
  });

  test('with other limits takes effect when it is saved', async () => {
    const reloading = await watching(await Reloading.open({ 'Echo.ts': saying('one') }));
    const told = eventually(reloading, 'ConfigurationReloaded', () => true);
    const extra = { text: 'x'.repeat(2_000) };
    await reloading.testGroup.send('Ada', 'before', { extra });
    reloading.save(configOf({ concurrency: 1 }, { limits: { extra: 1 } }));
    expect(await told).toEqual({ live: ['limits'], restart: [], problem: null });
    await expect(reloading.testGroup.send('Ada', 'after', { extra })).rejects.toThrow(
      /larger than 1 kilobytes/,
    );
  });

  test.each([
    ['does not compile', 'export default {', /Unexpected token/],
    ['has a wrong setting', 'export default { bots: { timeout: "long" } };', /timeout/],
    ['names handlers that are not there', "export default { library: ['NoBot'] };", /library has no "NoBot"/],
  ])('that %s changes nothing and is told', async (_, text, sentence) => {
    const reloading = await watching(await Reloading.open({ 'Echo.ts': saying('one') }));
    const told = eventually(reloading, 'ConfigurationReloaded', ({ problem }) => problem !== null);
    reloading.save({ 'messenger.config.mjs': text });
    expect(await told).toEqual({ live: [], restart: [], problem: expect.stringMatching(sentence) });
    expect([await reloading.say(), reloading.testGroup.app.settings().botsEnabled]).toEqual([['one'], true]);
  });

  test('takes nothing back that the start has said, and leaves the server as it was opened', async () => {
    const folder = temporaryFolder();
    const app = await openApp({ workspace: findWorkspace(folder), library: true, botsEnabled: true });
    onTestFinished(() => app.close());
    const [{ config }, { http }, readyMade] = [app, app.settings(), app.catalogue.registered().length];
    const [rateLimits, knocks] = [
      { api: 1, message: 1, attachment: 1, assets: 0 },
      { enabled: true, timeout: 7 },
    ];
    app.reconfigure({ ...config, knocks, http: { ...config.http, rateLimits } });
    expect(app.settings()).toMatchObject({ knockTimeout: 7, botsEnabled: true, http });
    expect(readyMade).toBeGreaterThan(0);
    expect(app.catalogue.registered()).toHaveLength(readyMade);
  });

  test('is read again with a file that it imports', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'messenger.config.ts': "import { knocks } from './knocks.ts';\nexport default { knocks };",
      'knocks.ts': 'export const knocks = { timeout: 1 };',
    });
    const reloading = await watching(new Reloading(await TestGroup.in(folder, 'Lounge')));
    const told = eventually(reloading, 'ConfigurationReloaded', ({ live }) => live.includes('knocks'));
    reloading.save({ 'knocks.ts': 'export const knocks = { timeout: 2 };' });
    await told;
    expect(reloading.testGroup.app.settings().knockTimeout).toBe(2);
  });
});

test('after closing, nothing is read any more', async () => {
  const reloading = await Reloading.open({ 'Echo.ts': saying('one') });
  const { app, workspace } = reloading.testGroup;
  const watch = await watchWorkspace({ workspace, app, onError: () => {} });
  await watch.close();
  const told = reloading.testGroup.collect('HandlersReloaded');
  reloading.save({ 'bots/Echo.ts': saying('two') });
  rmSync(path.join(workspace.folder, 'bots/Echo.ts'));
  await reloadHandlers(app, []);
  expect(told.map(({ files }) => files)).toEqual([['bots/Echo.ts']]);
});

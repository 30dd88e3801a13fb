import { existsSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStorage } from '../../../src/app/open-storage.ts';
import { daysAgo, MovableClock, timestamp } from '../../../src/base/clock.ts';
import { botFolder } from '../../../src/domain/file-path.ts';
import { archiveBot, restoreBot } from '../../../src/services/bots/archive-bot.ts';
import { countPurge, purgeBots, purgeJob } from '../../../src/services/bots/purge-bots.ts';
import { doJob } from '../../../src/services/jobs.ts';
import { LocalFiles } from '../../../src/store/local-files.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
import { messenger } from '../../support/messenger.ts';
import { aBot, aMessage, anAction, aReaction, aThread, at } from '../../support/records.ts';
import { openStore, rowsOf } from '../../support/stores.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';
import { makeWorkspace } from '../../support/workspace.ts';

const day = 24 * 60 * 60 * 1000;

/** A workspace with one group, and bots in it that were removed so many days ago; `null` for one that was not. */
async function openArchive(bots: Record<string, number | null> = {}) {
  const [workspace, now] = [makeWorkspace(), Date.now()];
  const store = await openStore(workspace.database);
  const context = { store, files: new LocalFiles(workspace.storage), clock: new MovableClock(() => now) };
  const thread = aThread();
  await store.threads.insert(thread);

  /** Each bot has two actions, a file, and rests; so does its first action. */
  async function put(all: Record<string, number | null>) {
    const put = Object.entries(all).map(([name, days]) =>
      aBot({ threadId: thread.id, name, archivedAt: days === null ? null : timestamp(now - days * day) }),
    );
    await store.transaction(async ({ bots, cooldowns }) => {
      for (const { id, name, ...bot } of put) {
        await bots.insert({ id, name, ...bot });
        const action = await bots.insertAction(anAction({ botId: id, handler: name }));
        await bots.insertAction(anAction({ botId: id, handler: name }));
        await cooldowns.start(id, name);
        await cooldowns.start(action.id, name);
      }
    });
    const files = put.map(({ id, name }) => [`${botFolder(thread.id, id)}/avatar/${name}.png`, name]);
    writeFiles(workspace.storage, Object.fromEntries(files));
    return put;
  }
  await put(bots);

  return {
    ...context,
    workspace,
    thread,
    put,
    limit: (days: number) => daysAgo(context.clock, days),
    purge: (days = 30) => purgeBots(context, daysAgo(context.clock, days)),
    /** Whose bots, actions, cooldowns and files there are; each name as often as there are some. */
    left: () => ({
      bots: namesIn(workspace.database, 'bots'),
      actions: namesIn(workspace.database, 'bot_actions', 'handler'),
      cooldowns: namesIn(workspace.database, 'cooldowns', 'until'),
      files: filesIn(workspace.storage),
      unclaimed: namesIn(workspace.database, 'unclaimed_files', 'path'),
    }),
  };
}

const namesIn = (database: string, table: string, column = 'name'): string[] =>
  rowsOf(database, `select ${column} as name from ${table}`)
    .map((row) => String(Object(row).name))
    .sort();

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.png'))
    .map((file) => path.basename(file, '.png'))
    .sort();

/** What there is when only these bots are left, whole. */
const only = (...names: string[]) => {
  const [once, twice] = [names.toSorted(), [...names, ...names].sort()];
  return { bots: once, actions: twice, cooldowns: twice, files: once, unclaimed: [] };
};

const many = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`bot ${index}`, 31 + index / 1_000]));

describe('what is purged', () => {
  const bots = { live: null, now: 0.0001, yesterday: 1, almost: 29.999, month: 30, old: 4_000 };

  test.each([
    [30, ['month', 'old']],
    [29.9, ['almost', 'month', 'old']],
    [0.5, ['yesterday', 'almost', 'month', 'old']],
    [0, ['now', 'yesterday', 'almost', 'month', 'old']],
    [3_999, ['old']],
    [4_001, []],
  ])('after %d days: %j, with their actions, cooldowns and files and nothing else', async (days, gone) => {
    const archive = await openArchive(bots);
    expect(await archive.purge(days)).toEqual({ bots: gone.length, actions: 2 * gone.length });
    expect(archive.left()).toEqual(only(...Object.keys(bots).filter((name) => !gone.includes(name))));
    expect(await archive.purge(days)).toEqual({ bots: 0, actions: 0 });
  });

  test('is nothing where there is nothing, and nobody is told of it', async () => {
    const archive = await openArchive();
    const told: unknown[] = [];
    const purged = await purgeBots(archive, archive.limit(0), { onChunk: (sum) => told.push(sum) });
    expect([purged, told]).toEqual([{ bots: 0, actions: 0 }, []]);
    expect(existsSync(archive.workspace.storage)).toBe(false);
  });

  test('goes in chunks of a hundred, first archived first', async () => {
    const archive = await openArchive({ ...many(250), live: null });
    const told: unknown[] = [];
    const first: string[] = [];
    const purged = await purgeBots(archive, archive.limit(30), {
      onChunk: (sum) => {
        told.push({ ...sum });
        if (told.length === 1) first.push(...archive.left().bots);
      },
    });
    expect(told).toEqual([
      { bots: 100, actions: 200 },
      { bots: 200, actions: 400 },
      { bots: 250, actions: 500 },
    ]);
    expect(first).toEqual([...Object.keys(many(150)), 'live'].sort());
    expect([purged, archive.left()]).toEqual([{ bots: 250, actions: 500 }, only('live')]);
  });

  test('may have no files, or more in its folder than files of ours; what a link leads to stays', async () => {
    const archive = await openArchive();
    const folders = (await archive.put({ bare: 40, full: 40 })).map(({ id }) =>
      path.join(archive.workspace.storage, botFolder(archive.thread.id, id)),
    );
    const [bare = '', full = ''] = folders;
    const elsewhere = temporaryFolder();
    writeFiles(elsewhere, { 'kept.png': 'kept' });
    rmSync(bare, { recursive: true });
    writeFiles(full, { 'avatar/.half.part': '', 'images/deep/er/cat.png': 'cat', '.hidden': '' });
    symlinkSync(elsewhere, path.join(full, 'link'));
    symlinkSync(path.join(elsewhere, 'gone.png'), path.join(full, 'broken.png'));
    expect(await archive.purge()).toEqual({ bots: 2, actions: 4 });
    expect([archive.left(), filesIn(elsewhere)]).toEqual([only(), ['kept']]);
    expect([existsSync(bare), existsSync(full)]).toEqual([false, false]);
  });

  test('leaves its messages and reactions, which are then of "Bot"', async () => {
    const archive = await openArchive();
    const [bot] = await archive.put({ Robbie: 40 });
    const owner = { type: 'bot', id: bot?.id ?? '', name: 'Robbie' } as const;
    const { messages, reactions } = archive.store;
    const message = await messages.insert(aMessage({ threadId: archive.thread.id, owner }));
    await reactions.insert(aReaction({ messageId: message.id, owner }));
    const owners = async () =>
      [await messages.find(message.id), ...(await reactions.of(message.id))].map((item) => item?.owner);
    expect(await owners()).toEqual([owner, owner]);
    await archive.purge();
    const ghost = { ...owner, name: 'Bot' };
    expect(await owners()).toEqual([ghost, ghost]);
  });
});

describe('counting beforehand', () => {
  test.each([0, 30, 4_001])('tells for %d days what then goes, and changes nothing', async (days) => {
    const archive = await openArchive({ live: null, yesterday: 1, month: 31, old: 4_000 });
    await archive.store.bots.insert(aBot({ threadId: archive.thread.id, archivedAt: at(-9e6) }));
    const storage = await openStorage(archive.workspace);
    const before = archive.left();
    const count = await countPurge(storage, days);
    expect(archive.left()).toEqual(before);
    expect(await purgeBots(storage, daysAgo(storage.clock, days))).toEqual(count);
    expect(archive.left().bots).toHaveLength(before.bots.length - count.bots);
    await storage.close();
  });
});

describe('a purge that is interrupted', () => {
  test.each([
    ['before it begins', 0],
    ['after its first chunk', 1],
  ])('%s leaves whole bots only, and the next one does the rest', async (_, chunks) => {
    const archive = await openArchive({ ...many(150), live: null });
    const stop = new AbortController();
    if (chunks === 0) stop.abort();
    const purged = await purgeBots(archive, archive.limit(30), {
      onChunk: () => stop.abort(),
      signal: stop.signal,
    });
    expect(purged).toEqual({ bots: 100 * chunks, actions: 200 * chunks });
    const left = archive.left();
    expect([left, left.bots.length]).toEqual([only(...left.bots), 151 - purged.bots]);
    expect(await archive.purge()).toEqual({ bots: 150 - purged.bots, actions: 300 - purged.actions });
    expect(archive.left()).toEqual(only('live'));
  });

  test('left folders behind that nobody claims; they go too', async () => {
    const archive = await openArchive({ live: null });
    writeFiles(archive.workspace.storage, { 'threads/a/bots/b/avatar/left.png': '' });
    await archive.store.unclaimedFiles.insert(['threads/a/bots/b'], null, archive.clock.now());
    expect(await archive.purge()).toEqual({ bots: 0, actions: 0 });
    expect(archive.left()).toEqual(only('live'));
  });
});

describe('two purges at once', () => {
  test('in one process share the work', async () => {
    const archive = await openArchive({ ...many(250), live: null });
    const [one, other] = await Promise.all([archive.purge(), archive.purge()]);
    expect([one.bots + other.bots, one.actions + other.actions]).toEqual([250, 500]);
    expect(Math.min(one.bots, other.bots)).toBeGreaterThanOrEqual(50);
    expect(archive.left()).toEqual(only('live'));
  });

  test('in two processes do each bot once', async () => {
    const archive = await openArchive({ ...many(250), live: null });
    const purge = () => messenger(archive.workspace.folder, ['purge:bots', '--now', '--json']);
    const outcomes = await Promise.all([purge(), purge()]);
    expect(outcomes).toMatchObject(Array(2).fill({ code: 0, stderr: '' }));
    const [one, other] = outcomes.map(({ stdout }) => JSON.parse(stdout));
    expect([one.bots + other.bots, one.actions + other.actions]).toEqual([250, 500]);
    expect(archive.left()).toEqual(only('live'));
  });
});

describe('the queue', () => {
  test('purges for a running messenger, and the life of a bot ends where nobody restored it', async () => {
    const testGroup = await TestGroup.alone({ 'A.ts': exactBot('A', 'hi', posting("'A'")) });
    const ada = await testGroup.person('Ada');
    const purge = async () => {
      const job = { kind: purgeJob, key: purgeJob, payload: { before: daysAgo(testGroup.clock, 30) } };
      await testGroup.app.store.transaction((transaction) => testGroup.app.queue.enqueue(transaction, job));
      testGroup.app.queue.wake();
      await testGroup.app.queue.idle();
      return namesIn(testGroup.workspace.database, 'bots');
    };
    const [kept, gone] = [await testGroup.bot('Kept'), await testGroup.bot('Gone')];
    for (const bot of [kept, gone]) {
      await testGroup.attach('a', {}, bot);
      await archiveBot(testGroup.app, { thread: testGroup.thread, user: ada, bot });
    }
    testGroup.clock.advance(29 * day);
    expect(await purge()).toEqual(['Gone', 'Kept']);
    await restoreBot(testGroup.app, { thread: testGroup.thread, user: ada, bot: kept });
    testGroup.clock.advance(2 * day);
    expect(await purge()).toEqual(['Kept']);
    expect(await testGroup.say('Ada', 'hi')).toEqual(['A']);
  });

  test('does a purge again that the end of the process has interrupted', async () => {
    const testGroup = await TestGroup.alone({});
    const job = { sequence: 1, owner: 'us', queue: 'q', key: purgeJob, kind: purgeJob, attempts: 1 };
    const payload = { before: testGroup.clock.now() };
    const done = doJob(testGroup.app, {
      job: { ...job, payload },
      signal: AbortSignal.abort(),
      yieldSlot: async () => {},
      complete: async () => {},
    });
    await expect(done).rejects.toThrow();
  });
});

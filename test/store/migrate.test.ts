import { chmodSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import { describe, expect, test } from 'vitest';
import { migrationsFor } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations/index.ts';
import type { Database } from '../../src/store/schema.ts';
import { openSqliteStore, Store } from '../../src/store/store.ts';
import { nextMessage, startChild } from '../support/children.ts';
import { contentsOf, openFilesBelow } from '../support/folders.ts';
import { aMessage, at, aUser, seed } from '../support/records.ts';
import { databaseFile, execute, fileBeside, openStore, rowsOf } from '../support/stores.ts';
import { makeWorkspace } from '../support/workspace.ts';

const applied = (file: string) =>
  rowsOf(file, 'select name from kysely_migration order by name').map((row) => Object(row).name);
const isRoot = process.getuid?.() === 0;

const schemaOf = (file: string) =>
  rowsOf(file, "select type, name, sql from sqlite_master where name not like 'sqlite_%' order by name");

describe('a database', () => {
  test('that is not there is made, with its folders and with every migration', async () => {
    const file = fileBeside(databaseFile(), 'some/new/folder/messenger.sqlite');
    const store = await openStore(file);
    expect(applied(file)).toEqual(Object.keys(migrations));
    const { thread } = await seed(store);
    expect(await store.threads.find(thread.id)).toEqual(thread);
  });

  test('may be an empty file', async () => {
    const file = fileBeside(databaseFile(), 'empty.sqlite');
    writeFileSync(file, '');
    await openStore(file);
    expect(applied(file)).toEqual(Object.keys(migrations));
  });

  test('that was removed is made anew', async () => {
    const file = databaseFile();
    await (await openSqliteStore(file)).close();
    rmSync(file);
    const store = await openStore(file);
    expect(await store.users.findByName('Ada')).toBeUndefined();
    await expect(openStore(file)).resolves.toBeDefined();
  });

  test('that is opened again has what it had, and is not migrated again', async () => {
    const file = databaseFile();
    const first = await openSqliteStore(file);
    const { user, bot, message } = await seed(first);
    await first.close();
    const before = [schemaOf(file), rowsOf(file, 'select * from kysely_migration')];
    const second = await openStore(file);
    expect(await second.users.find(user.id)).toEqual(user);
    expect(await second.bots.find(bot.id)).toEqual(bot);
    expect(await second.messages.find(message.id)).toEqual(message);
    expect([schemaOf(file), rowsOf(file, 'select * from kysely_migration')]).toEqual(before);
  });

  test('is open to others while a store has it', async () => {
    const file = databaseFile();
    const [one, other] = [await openStore(file), await openStore(file)];
    const { user } = await seed(one);
    expect(await other.users.find(user.id)).toEqual(user);
  });

  test('that three processes open at once is made once, and all of them can use it', async () => {
    const file = databaseFile();
    const children = [1, 2, 3].map(() => startChild('counter', [file, '1']));
    await Promise.all(children.map(nextMessage));
    for (const child of children) child.send('go');
    expect(await Promise.all(children.map(nextMessage))).toEqual(['done', 'done', 'done']);
    expect(rowsOf(file, 'select until from cooldowns')).toEqual([{ until: '3' }]);
    expect(applied(file)).toEqual(Object.keys(migrations));
  });

  test.runIf(process.platform === 'linux')('that another process is just making is waited for', async () => {
    const { folder } = makeWorkspace();
    const file = path.join(folder, 'messenger.sqlite');
    const maker = new SqliteDatabase(file);
    maker.exec('begin immediate');
    const child = startChild('counter', [file, '1']);
    await nextMessage(child);
    let outcome: unknown;
    const ending = nextMessage(child).then((message) => {
      outcome = message;
    });
    child.send('go');
    const triesOrEnded = () => outcome !== undefined || openFilesBelow(folder, child.pid).includes(file);
    await expect.poll(triesOrEnded, { timeout: 10_000 }).toBe(true);
    maker.exec('commit');
    maker.close();
    await ending;
    expect(outcome).toBe('done');
  });

  test('in memory lives as long as its store', async () => {
    const { user } = await seed(await openStore(':memory:'));
    expect(await (await openStore(':memory:')).users.find(user.id)).toBeUndefined();
  });
});

test('migrations are numbered in the order in which they run', () => {
  const names = Object.keys(migrations);
  expect(names).toEqual(names.toSorted());
  expect(names.filter((name) => !/^\d{4}-[a-z][a-z-]*$/.test(name))).toEqual([]);
});

/** The path of a database of an earlier release, by its last migration, with what is put into it. */
async function earlierDatabase(last: string, fill: (store: Store) => Promise<void>): Promise<string> {
  const file = databaseFile();
  mkdirSync(path.dirname(file), { recursive: true });
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: new SqliteDatabase(file) }) });
  const all = migrationsFor({ sequence: 'integer primary key autoincrement' });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => all } });
  expect((await migrator.migrateTo(last)).error).toBeUndefined();
  const store = new Store(db);
  await fill(store);
  await store.close();
  return file;
}

describe('of an earlier release', () => {
  test('names are brought into the one form, where that makes no two people one', async () => {
    const people = [' Ada', 'Ada\u200b', 'Zoe\u0308', 'Zoë', 'B\nC', '\u200b', 'plain'];
    const file = await earlierDatabase('0011-intervals', async ({ users }) => {
      for (const [index, name] of people.entries()) await users.insert(aUser({ id: String(index), name }));
    });
    await openStore(file);
    expect(rowsOf(file, 'select name from users order by id').map((row) => Object(row).name)).toEqual([
      'Ada',
      'Ada\u200b',
      'Zoe\u0308',
      'Zoë',
      'B C',
      '\u200b',
      'plain',
    ]);
  });

  test('what was counted of runs that go on is no death of theirs', async () => {
    const file = await earlierDatabase('0012-names', async (store) => {
      await seed(store);
    });
    const run = (id: string, status: string) => `
      insert into runs (id, message_id, action_id, bot_id, handler, status, attempts, starts, started_at)
      select '${id}', id, '${id}', '', '', '${status}', 1, 4, '' from messages;`;
    await execute(file, run('1', 'running') + run('2', 'failed'));
    await openStore(file);
    const inThread =
      'select * from runs join messages on messages.id = message_id where runs.thread_id = messages.thread_id';
    expect(rowsOf(file, inThread)).toHaveLength(2);
    expect(rowsOf(file, 'select status, starts from runs order by id')).toEqual([
      { status: 'running', starts: 0 },
      { status: 'failed', starts: 4 },
    ]);
  });

  test('messages are counted', async () => {
    const file = await earlierDatabase('0015-reads', async (store) => {
      const { thread } = await seed(store);
      for (const archivedAt of [null, at(1)])
        await store.messages.insert(aMessage({ threadId: thread.id, archivedAt }));
    });
    await openStore(file);
    expect(rowsOf(file, 'select type, count from message_counts')).toEqual([{ type: 0, count: 2 }]);
  });

  test('jobs go on', async () => {
    const file = await earlierDatabase('0013-deaths', async ({ jobs }) => {
      for (const key of ['a', 'a', 'b'])
        await jobs.insert({ queue: 'answers', key, kind: key, payload: {} }, at(0));
    });
    const { jobs } = await openStore(file);
    const claim = () => jobs.claim({ queue: 'answers' }, { owner: 'me', until: at(30) }, at(1));
    expect([(await claim())?.kind, (await claim())?.kind, await claim()]).toEqual(['a', 'b', undefined]);
  });
});

describe('a database of a later release', () => {
  const future = '9999-flying-cars';

  /** The path of a database that a later release has migrated. */
  async function futureDatabase(): Promise<string> {
    const file = databaseFile();
    await (await openSqliteStore(file)).close();
    await execute(file, `insert into kysely_migration values ('${future}', '2099-01-01T00:00:00.000Z')`);
    return file;
  }

  test('is refused with the two migrations that differ', async () => {
    await expect(openSqliteStore(await futureDatabase())).rejects.toMatchObject({
      code: 'DATABASE_NEWER',
      message: expect.stringMatching(`${future}.*${Object.keys(migrations).at(-1)}`),
    });
  });

  test('is left as it was, and let go', async () => {
    const file = await futureDatabase();
    const before = [schemaOf(file), applied(file)];
    await expect(openSqliteStore(file)).rejects.toThrow();
    expect([schemaOf(file), applied(file)]).toEqual(before);
    expect(openFilesBelow(path.dirname(file))).toEqual([]);
  });
});

describe('a database that cannot be used', () => {
  /** Opens what a test has put in place of the database, and says what is then different in its folder. */
  async function refused(spoil: (file: string) => unknown) {
    const folder = makeWorkspace().folder;
    const file = path.join(folder, 'data', 'messenger.sqlite');
    await spoil(file);
    const before = contentsOf(folder);
    await expect(openSqliteStore(file)).rejects.toMatchObject({
      code: 'DATABASE_UNUSABLE',
      message: expect.stringContaining(file),
    });
    expect(contentsOf(folder)).toEqual(before);
    expect(openFilesBelow(folder)).toEqual([]);
  }

  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(file));
    writeFileSync(file, text);
  };

  test.each<[string, (file: string) => unknown]>([
    ['a text', (file) => write(file, 'Dear diary, '.repeat(1000))],
    ['a short text', (file) => write(file, 'x')],
    ['a folder', (file) => mkdirSync(file, { recursive: true })],
    ['in a folder that is a file', (file) => writeFileSync(path.dirname(file), 'x')],
    ['damaged', damage],
    ['cut to 0 bytes', cut],
    ['cut to 0 bytes, and nothing but its log of changes tells', cutBesideItsLog],
    ['the database of another program', makeForeign],
  ])('is refused, left as it was and let go: it is %s', (_, spoil) => refused(spoil));

  test.skipIf(isRoot).each([
    ['its folder', 0o500, (file: string) => path.dirname(file)],
    ['the file', 0o400, (file: string) => file],
  ])('is refused, left as it was and let go: %s cannot be written', (_, mode, locked) =>
    refused((file) => {
      write(file, '');
      chmodSync(locked(file), mode);
    }),
  );
});

/** A database of ours, of which everything but the first page is lost. */
async function damage(file: string): Promise<void> {
  await (await openSqliteStore(file)).close();
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0xaa, 4096));
}

/** A database of ours, of which nothing is left. */
async function cut(file: string): Promise<void> {
  await (await openSqliteStore(file)).close();
  truncateSync(file);
}

function cutBesideItsLog(file: string): void {
  mkdirSync(path.dirname(file));
  writeFileSync(file, '');
  writeFileSync(`${file}-wal`, 'x'.repeat(4_096));
}

async function makeForeign(file: string): Promise<void> {
  mkdirSync(path.dirname(file));
  await execute(file, 'create table users (name text)');
}

import { statSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { openSqliteStore, type Store } from '../../src/store/store.ts';
import { at, aUser } from '../support/records.ts';
import { databaseFile, execute, fileBeside, openStore, rowsOf } from '../support/stores.ts';

/** Keeps a database locked for writing, as another program would, until it is let go. */
function lock(file: string): { release: () => void } {
  const other = new SqliteDatabase(file);
  other.exec('begin immediate');
  onTestFinished(() => void other.close());
  return { release: () => void other.exec('rollback') };
}

/** The ways to write: each stores a person. */
const writes: Array<[name: string, write: (store: Store) => Promise<string>]> = [
  [
    'in a transaction',
    (store) =>
      store.transaction(async ({ users }) => {
        const user = aUser({ name: newId() });
        await users.insert(user);
        return user.id;
      }),
  ],
  [
    'by itself',
    async ({ users }) => {
      const user = aUser({ name: newId() });
      await users.insert(user);
      return user.id;
    },
  ],
];

const turnOfTheLoop = () => new Promise<void>((resolve) => void setImmediate(resolve));

describe.each(writes)('beside a lock of another process, a write %s', (_, write) => {
  test('waits, stops nothing, and is done when the lock is gone', async () => {
    const file = databaseFile();
    const store = await openStore(file);
    const { release } = lock(file);
    let isStored = false;
    const stored = write(store).finally(() => {
      isStored = true;
    });
    for (let turn = 0; turn < 5; turn++) await turnOfTheLoop();
    expect(isStored).toBe(false);
    release();
    expect(await store.users.find(await stored)).toBeDefined();
  });

  test('is refused when that takes too long, and nothing of it is stored', async () => {
    const file = databaseFile();
    const store = await openSqliteStore(file, { busyTimeout: 30 });
    onTestFinished(() => store.close());
    const { release } = lock(file);
    await expect(write(store)).rejects.toMatchObject({ code: 'DATABASE_BUSY', status: 503 });
    release();
    expect(rowsOf(file, 'select * from users')).toEqual([]);
    expect(await store.users.find(await write(store))).toBeDefined();
  });

  test('is refused when the database is closed meanwhile, and so is every later one', async () => {
    const file = databaseFile();
    const store = await openSqliteStore(file);
    lock(file);
    const waiting = expect(write(store)).rejects.toThrow('The database was closed');
    for (let turn = 0; turn < 5; turn++) await turnOfTheLoop();
    await store.close();
    await waiting;
    await expect(write(store)).rejects.toThrow();
  });

  test('has the whole time for itself, however long others have waited before it', async () => {
    const file = databaseFile();
    const store = await openSqliteStore(file, { busyTimeout: 40 });
    onTestFinished(() => store.close());
    const { release } = lock(file);
    const [early] = await Promise.allSettled([write(store)]);
    const late = write(store);
    release();
    expect(early).toMatchObject({ status: 'rejected' });
    expect(await store.users.find(await late)).toBeDefined();
  });

  test('reads go on', async () => {
    const file = databaseFile();
    const store = await openStore(file);
    const user = await store.users.find(await write(store));
    const { release } = lock(file);
    const waiting = write(store);
    expect(await store.users.find(user?.id ?? '')).toEqual(user);
    release();
    await waiting;
  });
});

test('writes are done in the order in which they were asked for', async () => {
  const file = databaseFile();
  const store = await openStore(file);
  const { release } = lock(file);
  const done: number[] = [];
  const all = Array.from({ length: 20 }, (_, number) => {
    const [, write] = writes[number % 2] ?? [];
    return write?.(store).then(() => void done.push(number));
  });
  release();
  await Promise.all(all);
  expect(done).toEqual(Array.from({ length: 20 }, (_, number) => number));
});

test('who waits for a long transaction of its own process is not refused', async () => {
  const store = await openSqliteStore(databaseFile(), { busyTimeout: 0 });
  onTestFinished(() => store.close());
  const user = aUser();
  let end = () => {};
  const long = store.transaction(() => new Promise<void>((resolve) => (end = resolve)));
  const waiting = store.users.insert(user);
  for (let turn = 0; turn < 5; turn++) await turnOfTheLoop();
  end();
  await Promise.all([long, waiting]);
  expect(await store.users.find(user.id)).toEqual(user);
});

test.each(['a transaction', 'reading'])('a write that failed keeps nobody from %s', async (kind) => {
  const store = await openStore();
  const user = aUser();
  await store.users.insert(user);
  await expect(store.users.insert(user)).rejects.toThrow(/unique/i);
  const found =
    kind === 'reading' ? store.users.find(user.id) : store.transaction(({ users }) => users.find(user.id));
  expect(await found).toEqual(user);
});

describe('opening a database that another process keeps locked', () => {
  test('works where nothing has to be written', async () => {
    const file = databaseFile();
    await (await openSqliteStore(file)).close();
    lock(file);
    const store = await openStore(file);
    expect(await store.users.findByName('Ada')).toBeUndefined();
  });

  test('is refused with a sentence where it has to be migrated', async () => {
    const file = databaseFile();
    await (await openSqliteStore(file)).close();
    await execute(file, 'delete from kysely_migration');
    lock(file);
    await expect(openSqliteStore(file, { busyTimeout: 20 })).rejects.toMatchObject({ code: 'DATABASE_BUSY' });
  });

  test('is refused with a sentence when it is locked even for reading', async () => {
    const file = fileBeside(databaseFile(), 'locked.sqlite');
    const other = new SqliteDatabase(file);
    onTestFinished(() => void other.close());
    other.exec('create table kysely_migration (name text); begin exclusive');
    await expect(openSqliteStore(file, { busyTimeout: 20 })).rejects.toMatchObject({ code: 'DATABASE_BUSY' });
  });
});

test('what was changed is written back into the file again and again, however much is read beside', async () => {
  const file = databaseFile();
  const store = await openStore(file);
  const body = 'x'.repeat(100_000);
  for (let number = 0; number < 200; number++) {
    await store.schedule.setStarted(`${number % 7} ${body}`, at(number));
    await store.schedule.lastStart(`${number % 7} ${body}`);
  }
  // SQLite does so from a thousand pages on, a little later where a change is large; all of it are five thousand.
  expect(statSync(`${file}-wal`).size).toBeLessThan(2_000 * 4_096);
});

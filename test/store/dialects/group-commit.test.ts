import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { GroupCommit } from '../../../src/store/dialects/group-commit.ts';
import { aUser } from '../../support/records.ts';
import { databaseFile, openStore, rowsOf } from '../../support/stores.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { withResolvers } from '../../support/with-resolvers.ts';
import { commitsIn } from '../../support/write-ahead-log.ts';

/** How many commits are in the write-ahead log of a database. */
const countCommits = (database: string): number => commitsIn(readFileSync(`${database}-wal`)).length;

const names = (file: string): unknown[] =>
  rowsOf(file, 'select name from users order by rowid').map((row) => (row as { name: string }).name);

const people = (count: number) => Array.from({ length: count }, (_, number) => aUser({ name: `${number}` }));

describe('writes that begin in one turn of the event loop', () => {
  test('are committed together, in the order in which they were asked for', async () => {
    const file = databaseFile();
    const store = await openStore(file);
    const before = countCommits(file);
    const done: string[] = [];
    await Promise.all(
      people(50).map(async (user, number) => {
        const isAlone = number % 2 === 0;
        await (isAlone ? store.users.insert(user) : store.transaction(({ users }) => users.insert(user)));
        done.push(user.name);
      }),
    );
    expect(countCommits(file) - before).toBe(1);
    expect([done, names(file)]).toEqual([people(50).map(({ name }) => name), done]);
  });

  test('are each stored once their caller knows of it', async () => {
    const file = databaseFile();
    const store = await openStore(file);
    const seen = people(5).map(async (user) => {
      await store.users.insert(user);
      return names(file).includes(user.name);
    });
    expect(await Promise.all(seen)).toEqual(Array(5).fill(true));
  });

  test.each(['throws', 'breaks a constraint'])('one that %s is rolled back alone', async (how) => {
    const file = databaseFile();
    const store = await openStore(file);
    const [first = aUser(), second = aUser(), third = aUser()] = people(3);
    const failing = store.transaction(async ({ users }) => {
      await users.insert(second);
      if (how === 'throws') throw new Error('no');
      await users.insert(second);
    });
    const outcomes = await Promise.allSettled([
      store.users.insert(first),
      failing,
      store.users.insert(third),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(names(file)).toEqual(['0', '2']);
  });

  test('are stored when the database is closed at once, without what was not done', async () => {
    const file = databaseFile();
    const store = await openStore(file);
    const [first = aUser(), second = aUser()] = people(2);
    const stored = store.users.insert(first);
    const endless = store.transaction(async ({ users }) => {
      await users.insert(second);
      await store.close();
      return new Promise(() => {});
    });
    await stored;
    endless.catch(() => {});
    expect(names(file)).toEqual(['0']);
  });
});

describe('a group whose transaction SQLite has ended by itself, as on a full disk', () => {
  function openGroup() {
    const database = new SqliteDatabase(path.join(temporaryFolder(), 'group.sqlite'));
    onTestFinished(() => void database.close());
    database.exec('pragma journal_mode = wal; create table numbers (number); create table texts (text)');
    const group = new GroupCommit({
      isOpen: () => database.inTransaction,
      begin: () => void database.exec('begin immediate'),
      commit: () => void database.exec('commit'),
      rollback: () => void database.exec('rollback'),
      undo: () => void database.exec('rollback to one'),
      sync: async () => {},
    });
    const write = (statement: string): Promise<void> => {
      group.enter();
      try {
        database.exec(statement);
        return group.leave(true);
      } catch (error) {
        group.checkAfter(error);
        group.abandon();
        return Promise.reject(error);
      }
    };
    return { database, write };
  }

  test('rejects everybody in it with the reason, and the next group is stored', async () => {
    const { database, write } = openGroup();
    database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`);
    const outcomes = await Promise.allSettled([
      write('insert into numbers values (1)'),
      write("insert into texts values (printf('%.*c', 100000, 'x'))"),
    ]);
    const full = { status: 'rejected', reason: expect.objectContaining({ code: 'SQLITE_FULL' }) };
    expect(outcomes).toEqual([full, full]);
    await write('insert into numbers values (2)');
    expect(database.prepare('select * from numbers').pluck().all()).toEqual([2]);
  });
});

describe('the disk', () => {
  /** A group whose disk answers when the test says so, and what it does with its transactions. */
  function recordedGroup() {
    const calls: string[] = [];
    const syncs: Array<ReturnType<typeof withResolvers<void>>> = [];
    let isOpen = false;
    const end = (how: string) => () => {
      isOpen = false;
      calls.push(how);
    };
    const group = new GroupCommit({
      isOpen: () => isOpen,
      begin: () => {
        isOpen = true;
      },
      commit: end('commit'),
      rollback: end('rollback'),
      undo: () => void calls.push('undo'),
      sync: () => {
        calls.push('sync');
        const answer = withResolvers<void>();
        syncs.push(answer);
        return answer.promise;
      },
    });
    const write = async (name: string, isSynced: boolean): Promise<void> => {
      group.enter();
      await group.leave(isSynced).then(
        () => calls.push(`${name} is stored`),
        (error) => calls.push(`${name} is rejected: ${error.message}`),
      );
    };
    return { group, calls, syncs, write };
  }

  test('is waited for only by writers that need it', async () => {
    const { calls, syncs, write } = recordedGroup();
    const needs = write('a message', true);
    await write('a claim', false);
    expect(calls).toEqual(['commit', 'sync', 'a claim is stored']);
    syncs[0]?.resolve();
    await needs;
    expect(calls.slice(3)).toEqual(['a message is stored']);
  });

  test('is not asked where nobody needs it', async () => {
    const { calls, write } = recordedGroup();
    await Promise.all([write('a claim', false), write('another', false)]);
    expect(calls).toEqual(['commit', 'a claim is stored', 'another is stored']);
  });

  test('is asked once for all commits that were made while it was busy', async () => {
    const { calls, syncs, write } = recordedGroup();
    const first = write('one', true);
    await expect.poll(() => syncs).toHaveLength(1);
    const others = [write('two', true)];
    await write('three', false);
    others.push(write('four', true));
    await nextTurn();
    expect(calls).toEqual(['commit', 'sync', 'commit', 'three is stored', 'commit']);
    syncs[0]?.resolve();
    await first;
    await expect.poll(() => syncs).toHaveLength(2);
    syncs[1]?.resolve();
    await Promise.all(others);
    expect(calls.slice(5)).toEqual(['sync', 'one is stored', 'two is stored', 'four is stored']);
  });

  test('that fails rejects those who waited for it, and the next group is stored', async () => {
    const { calls, syncs, write } = recordedGroup();
    const first = write('one', true);
    await expect.poll(() => syncs).toHaveLength(1);
    const second = write('two', true);
    syncs[0]?.reject(new Error('the disk is gone'));
    await first;
    await expect.poll(() => syncs).toHaveLength(2);
    syncs[1]?.resolve();
    await second;
    expect(calls.filter((call) => call.includes(' is '))).toEqual([
      'one is rejected: the disk is gone',
      'two is stored',
    ]);
  });

  test('gets nothing of a writer that is interrupted by closing, and nothing that comes later', async () => {
    const { group, calls, write } = recordedGroup();
    group.enter();
    const closed = group.close();
    expect(() => group.assertOpen()).toThrow('The database was closed.');
    await expect(group.leave(true)).rejects.toThrow('The database was closed.');
    await expect(write('late', false)).rejects.toThrow('The database was closed.');
    await closed;
    expect(calls).toEqual(['undo', 'commit']);
  });

  test('is waited for when the group is closed, also by writers that came while it was busy', async () => {
    const { group, calls, syncs, write } = recordedGroup();
    const both = [write('one', true)];
    await expect.poll(() => syncs).toHaveLength(1);
    both.push(write('two', true));
    const closed = group.close().then(() => calls.push('closed'));
    syncs[0]?.resolve();
    await expect.poll(() => syncs).toHaveLength(2);
    syncs[1]?.resolve();
    await Promise.all([...both, closed]);
    expect(calls.filter((call) => / is |closed/.test(call))).toEqual([
      'one is stored',
      'two is stored',
      'closed',
    ]);
  });
});

describe('writers that do not need the disk', () => {
  test('are stored beside others, for every other connection', async () => {
    const file = databaseFile();
    const store = await openStore(file);
    const all = people(6).map((user, number) =>
      (number % 2 === 0 ? store.unsynced : store).users.insert(user),
    );
    await Promise.all(all);
    expect(names(file).sort()).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  test('may use transactions, and one that throws is rolled back alone', async () => {
    const file = databaseFile();
    const { unsynced } = await openStore(file);
    const [first = aUser(), second = aUser()] = people(2);
    const failing = unsynced.transaction(async ({ users }) => {
      await users.insert(first);
      throw new Error('no');
    });
    const outcomes = await Promise.allSettled([failing, unsynced.users.insert(second)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(names(file)).toEqual(['1']);
  });
});

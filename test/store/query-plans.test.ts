import SqliteDatabase from 'better-sqlite3';
import { beforeAll, expect, test, vi } from 'vitest';
import { BusyGroup } from '../support/busy-group.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

/** Queries that may read a whole table or sort, and why. */
const exceptions: ReadonlyArray<readonly [query: RegExp, reason: string]> = [
  [/from sqlite_master/, 'at the start'],
  [/from kysely_migration/, 'at the start'],
  [/from "unclaimed_files" order by/, 'at the start; only files that are being written are in the table'],
  [/^select distinct "lease_owner"/, 'the jobs that run'],
  [/from "runs" where "message_id" = \? order by "id"/, 'the runs of one message'],
  [/"messages"."sequence", "runs"."id" limit/, 'the runs of one group that wait for a retry'],
  [
    /where "runs"."status" = \? (and "runs"."error_json" is not null )?order by/,
    'the newest failures, by an index',
  ],
  [/substr\(runs.id, 1, \?\)/, 'the failures whose id begins as somebody has typed it'],
  [/from "users" where not exists/, 'by an index of names, until enough people are found'],
  [/order by case when coalesce\(threads.subject/, 'the groups of one person whose name has a text in it'],
  [/order by "threads"."updated_at" desc/, 'the groups of one person; each message changes their order'],
];

const atEnd = endAfterAll();
const statements = Object.getPrototypeOf(new SqliteDatabase(':memory:').prepare('select 1'));
const spies = (['all', 'get', 'run'] as const).map((name) => vi.spyOn(statements, name));

/** What a daemon asks its database, and how SQLite finds the answers. */
let plans: Array<{ sql: string; steps: string[] }> = [];

beforeAll(async () => {
  const group = await BusyGroup.open(atEnd);
  // What was asked while the tables were made is asked once in the life of a database.
  for (const spy of spies) spy.mockClear();
  await group.useEverything();
  plans = plansOf(group.server.testGroup.workspace.database);
});

function plansOf(file: string): typeof plans {
  const database = new SqliteDatabase(file);
  const asked = new Map<string, unknown[]>();
  for (const { mock } of spies)
    for (const [index, statement] of mock.contexts.entries())
      asked.set(Object(statement).source, mock.calls[index] ?? []);
  const found = [...asked]
    .filter(([sql]) => /^(select|insert|update|delete|with)/i.test(sql))
    .map(([sql, parameters]) => {
      const rows = database.prepare(`explain query plan ${sql}`).all(...parameters);
      return { sql, steps: rows.map((row) => String(Object(row).detail)) };
    });
  database.close();
  return found;
}

/** The steps of a plan that read a whole table or index, or sort. */
const slow = (steps: readonly string[]): string[] =>
  steps.filter((step) =>
    /^SCAN (?!CONSTANT ROW|\d+ CONSTANT ROWS|\d+-ROW VALUES)|^USE TEMP B-TREE/.test(step),
  );

const isException = (sql: string): boolean => exceptions.some(([query]) => query.test(sql));

test('no query reads a whole table or sorts, but for the exceptions', () => {
  const found = plans.filter(({ sql, steps }) => slow(steps).length > 0 && !isException(sql));
  expect(found).toEqual([]);
});

test.each(exceptions)('%s is still an exception: %s', (query) => {
  const found = plans.filter(({ sql, steps }) => query.test(sql) && slow(steps).length > 0);
  expect(found).not.toEqual([]);
});

test.each([
  'insert into "messages"',
  'insert into "jobs"',
  'insert into "runs"',
  'insert into "effects"',
  'insert into "cooldowns"',
  'insert into "reactions"',
  'insert into "idempotency_keys"',
  'update "jobs" set "status"',
  'update "jobs" set "lease_until"',
  'delete from "jobs"',
  'delete from "bots"',
  'select * from "tokens"',
])('what was asked includes %s', (begin) => {
  expect(plans.map(({ sql }) => sql.slice(0, begin.length))).toContain(begin);
});

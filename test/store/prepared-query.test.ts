import type { Kysely } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { PreparedQuery } from '../../src/store/prepared-query.ts';
import type { Database } from '../../src/store/schema.ts';
import { openDatabase } from '../support/stores.ts';

/** A database with the tables of the product, and how often a query was built for it. */
async function open() {
  const db = await openDatabase();
  onTestFinished(() => db.destroy());
  const built: Kysely<Database>[] = [];
  const insert = new PreparedQuery((on, { id, name }: { id: string; name: string }) => {
    built.push(on);
    return on.insertInto('users').values({ id, name, created_at: 'now', updated_at: 'now' });
  });
  const byName = new PreparedQuery((on, { name }: { name: string }) =>
    on
      .selectFrom('users')
      .select(['id', 'created_at'])
      .where('name', '=', name)
      .where('created_at', '=', 'now'),
  );
  const rename = new PreparedQuery((on, { name }: { name: string }) => on.updateTable('users').set({ name }));
  return { db, built, insert, byName, rename };
}

test('a query is built once, and each call has its own values', async () => {
  const { db, built, insert, byName } = await open();
  for (const number of [1, 2, 3]) await insert.change(db, { id: `${number}`, name: `Person ${number}` });
  expect(built).toHaveLength(1);
  expect(await byName.first(db, { name: 'Person 2' })).toEqual({ id: '2', created_at: 'now' });
  expect(await byName.all(db, { name: 'Person 3' })).toEqual([{ id: '3', created_at: 'now' }]);
  expect(await byName.first(db, { name: 'Person 4' })).toBeUndefined();
});

test('inside a transaction it is the same query, and it belongs to the transaction', async () => {
  const { db, built, insert, byName } = await open();
  await insert.change(db, { id: '1', name: 'Ada' });
  const undone = db.transaction().execute(async (transaction) => {
    await insert.change(transaction, { id: '2', name: 'Bob' });
    expect(await byName.all(transaction, { name: 'Bob' })).toHaveLength(1);
    throw new Error('undo');
  });
  await expect(undone).rejects.toThrow('undo');
  expect(built).toHaveLength(1);
  expect(await byName.all(db, { name: 'Bob' })).toEqual([]);
});

test('a change tells how many rows it changed', async () => {
  const { db, insert, rename } = await open();
  expect(await rename.change(db, { name: 'Nobody' })).toBe(0);
  expect(await insert.change(db, { id: '1', name: 'Ada' })).toBe(1);
  expect(await rename.change(db, { name: 'Bob' })).toBe(1);
});

test('values are sent as they are', async () => {
  const { db, insert, byName } = await open();
  for (const [number, name] of ["'; drop table users; --", '👋', ''].entries()) {
    await insert.change(db, { id: `${number}`, name });
    expect(await byName.first(db, { name })).toMatchObject({ id: `${number}` });
  }
});

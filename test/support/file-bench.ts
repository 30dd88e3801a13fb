import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { MovableClock } from '../../src/base/clock.ts';
import { botAvatar } from '../../src/domain/file-path.ts';
import { LocalFiles } from '../../src/store/local-files.ts';
import { filesIn } from './kept-files.ts';
import { seed } from './records.ts';
import { databaseFile, openStore, rowsOf } from './stores.ts';

/** A store, a storage, and a thread in it. */
export async function openParts() {
  const database = databaseFile();
  const store = await openStore(database);
  const { thread } = await seed(store);
  const root = path.join(path.dirname(database), 'storage');
  mkdirSync(root);
  const parts = { store, files: new LocalFiles(root), clock: new MovableClock() };
  return { parts, store, files: parts.files, database, root, threadId: thread.id };
}

/** What {@link openParts} opens. */
export type Opened = Awaited<ReturnType<typeof openParts>>;

/** What belongs to no row, by its path. */
export const listed = ({ database }: Opened) =>
  rowsOf(database, 'select path, owner from unclaimed_files order by path');

/** What the rows say is there. */
export function claimed({ database }: Opened): string[] {
  const rows = rowsOf(database, 'select id, thread_id, avatar from bots where avatar is not null') as Array<
    Record<'id' | 'thread_id' | 'avatar', string>
  >;
  return rows.map((row) => botAvatar(row.thread_id, row.id, row.avatar)).sort();
}

/** Neither files without rows, nor rows without files, and nothing left to do. */
export function expectClean(opened: Opened): void {
  expect(filesIn(opened.root)).toEqual(claimed(opened));
  expect(listed(opened)).toEqual([]);
}

import { expect, test } from 'vitest';
import { at, hardText } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

test('files that nobody claims are listed as they were stored, oldest first', async () => {
  const { unclaimedFiles } = await openStore();
  await unclaimedFiles.insert([`bots/${hardText}.png`], null, at(2));
  await unclaimedFiles.insert(['a.png', 'b'], 'me', at(1));
  await unclaimedFiles.insert([], 'me', at(0));
  expect(await unclaimedFiles.all()).toEqual([
    { path: 'a.png', owner: 'me', createdAt: at(1) },
    { path: 'b', owner: 'me', createdAt: at(1) },
    { path: `bots/${hardText}.png`, owner: null, createdAt: at(2) },
  ]);
});

test('a file that is listed again has its new owner, and its old age', async () => {
  const { unclaimedFiles } = await openStore();
  await unclaimedFiles.insert(['a.png', 'b.png'], 'me', at(1));
  await unclaimedFiles.insert(['a.png'], null, at(5));
  expect(await unclaimedFiles.all()).toEqual([
    { path: 'a.png', owner: null, createdAt: at(1) },
    { path: 'b.png', owner: 'me', createdAt: at(1) },
  ]);
});

test('files that were claimed are listed no more', async () => {
  const { unclaimedFiles } = await openStore();
  await unclaimedFiles.insert(['a.png', 'b.png', 'c.png'], null, at(1));
  await unclaimedFiles.delete(['a.png', 'c.png', 'never there']);
  await unclaimedFiles.delete([]);
  expect((await unclaimedFiles.all()).map(({ path }) => path)).toEqual(['b.png']);
});

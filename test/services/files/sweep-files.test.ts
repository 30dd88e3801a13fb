import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../src/base/ids.ts';
import { identityText, ownIdentity } from '../../../src/base/process-identity.ts';
import { botFolder, messageFile, storedName } from '../../../src/domain/file-path.ts';
import { sweepFiles } from '../../../src/services/files/store-file.ts';
import { nextMessage } from '../../support/children.ts';
import { claimed, expectClean, listed, type Opened, openParts } from '../../support/file-bench.ts';
import { startKeeper } from '../../support/file-processes.ts';
import { deleteBots, filesIn, keepAvatar, keepAvatars } from '../../support/kept-files.ts';
import { at } from '../../support/records.ts';

const day = 24 * 60 * 60 * 1000;
const ended = `${hostname()} ${2 ** 30} 1`;

/** An image as somebody leaves it who is stopped after it was written. */
async function leave(opened: Opened, owner: string | null): Promise<string> {
  const file = messageFile(opened.threadId, 'image', storedName('cat.png', 'png'));
  await opened.store.unclaimedFiles.insert([file], owner, opened.parts.clock.now());
  await opened.files.write(file, Buffer.from('a picture'));
  return file;
}

describe('sweeping', () => {
  test.each([
    ['is to be removed', null],
    ['a process wrote that has ended', ended],
    ['an earlier process with our pid wrote', `${hostname()} ${process.pid} 1`],
    ['somebody wrote whom nobody understands', 'me'],
  ])('removes what %s', async (_, owner) => {
    const opened = await openParts();
    await keepAvatar(opened.parts, opened.threadId);
    const file = await leave(opened, owner);
    await sweepFiles(opened.parts);
    expect(existsSync(path.join(opened.root, file))).toBe(false);
    expectClean(opened);
  });

  test.each([
    ['a process that runs', identityText(ownIdentity())],
    ['a process of another machine, which cannot be seen from here', 'another.example 1 1'],
  ])('leaves alone for a day what is written by %s', async (_, owner) => {
    const opened = await openParts();
    const file = await leave(opened, owner);
    opened.parts.clock.advance(day - 60_000);
    await sweepFiles(opened.parts);
    expect([filesIn(opened.root), listed(opened)]).toEqual([[file], [{ path: file, owner }]]);
    opened.parts.clock.advance(60_000);
    await sweepFiles(opened.parts);
    expect(filesIn(opened.root)).toEqual([]);
    expectClean(opened);
  });

  test('removes what never was written', async () => {
    const opened = await openParts();
    await opened.store.unclaimedFiles.insert(
      [messageFile(newId(), 'audio', storedName('a', 'mp3'))],
      ended,
      at(0),
    );
    await opened.store.unclaimedFiles.insert([botFolder(newId(), newId())], null, at(0));
    await sweepFiles(opened.parts);
    expectClean(opened);
  });

  test('removes any number', async () => {
    const opened = await openParts();
    const folders = Array.from({ length: 450 }, () => botFolder(opened.threadId, newId()));
    for (const folder of folders) mkdirSync(path.join(opened.root, folder), { recursive: true });
    await opened.store.unclaimedFiles.insert(folders, null, at(0));
    await sweepFiles(opened.parts);
    expect(existsSync(path.join(opened.root, 'threads'))).toBe(false);
    expectClean(opened);
  });

  test('goes on past what cannot be removed, tells it, and tries it again the next time', async () => {
    const opened = await openParts();
    const stuck = botFolder(newId(), newId());
    const link = path.join(opened.root, path.dirname(stuck));
    await leave(opened, ended);
    await opened.store.unclaimedFiles.insert(['../outside'], null, at(0));
    await opened.store.unclaimedFiles.insert([stuck], null, at(1));
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(opened.root, link);
    const outside = '../outside: "../outside" leads outside the storage.';
    await expect(sweepFiles(opened.parts)).rejects.toThrow(
      `2 files could not be removed: ${outside}; ${stuck}: ${link} is a link and may lead outside the storage`,
    );
    expect(listed(opened)).toEqual([
      { path: '../outside', owner: null },
      { path: stuck, owner: null },
    ]);
    rmSync(link);
    await expect(sweepFiles(opened.parts)).rejects.toThrow(outside);
    expect(listed(opened)).toMatchObject([{ path: '../outside' }]);
  });

  test('may be done by several processes at once', async () => {
    const opened = await openParts();
    const bots = await keepAvatars(opened.parts, opened.threadId, 60);
    await deleteBots(opened.parts, bots.slice(0, 55));
    const start = () => startKeeper(opened.database, opened.root, opened.threadId, 'sweep');
    const children = [start(), start()];
    await Promise.all(children.map(nextMessage));
    const problems = Promise.all(children.map(nextMessage));
    for (const child of children) child.send('go');
    await sweepFiles(opened.parts);
    expect(await problems).toEqual(['swept', 'swept']);
    expect(claimed(opened)).toHaveLength(5);
    expectClean(opened);
  });
});

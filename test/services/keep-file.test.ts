import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { MovableClock } from '../../src/base/clock.ts';
import { newId } from '../../src/base/ids.ts';
import { identityText, ownIdentity } from '../../src/base/process-identity.ts';
import { botAvatar, botFolder, messageFile, storedName } from '../../src/domain/file-path.ts';
import { discardFiles, keepFile, sweepFiles } from '../../src/services/keep-file.ts';
import { LocalFiles } from '../../src/store/local-files.ts';
import { endOf, nextMessage } from '../support/children.ts';
import { startKeeper } from '../support/file-processes.ts';
import { deleteBots, filesIn, keepAvatar, keepAvatars } from '../support/kept-files.ts';
import { aBot, at, seed } from '../support/records.ts';
import { databaseFile, openStore, rowsOf } from '../support/stores.ts';

const bytes = Buffer.from('a picture');
const day = 24 * 60 * 60 * 1000;
const ended = `${hostname()} ${2 ** 30} 1`;

/** A store, a storage, and a thread in it. */
async function openParts() {
  const database = databaseFile();
  const store = await openStore(database);
  const { thread } = await seed(store);
  const root = path.join(path.dirname(database), 'storage');
  mkdirSync(root);
  const parts = { store, files: new LocalFiles(root), clock: new MovableClock() };
  return { parts, store, files: parts.files, database, root, threadId: thread.id };
}
type Opened = Awaited<ReturnType<typeof openParts>>;

const listed = ({ database }: Opened) =>
  rowsOf(database, 'select path, owner from unclaimed_files order by path');

/** What the rows say is there. */
function claimed({ database }: Opened): string[] {
  const rows = rowsOf(database, 'select id, thread_id, avatar from bots where avatar is not null') as Array<
    Record<'id' | 'thread_id' | 'avatar', string>
  >;
  return rows.map((row) => botAvatar(row.thread_id, row.id, row.avatar)).sort();
}

/** Neither files without rows, nor rows without files, and nothing left to do. */
function expectClean(opened: Opened): void {
  expect(filesIn(opened.root)).toEqual(claimed(opened));
  expect(listed(opened)).toEqual([]);
}

/** An image as somebody leaves it who is stopped after it was written. */
async function leave(opened: Opened, owner: string | null): Promise<string> {
  const file = messageFile(opened.threadId, 'image', storedName('cat.png', 'png'));
  await opened.store.unclaimedFiles.insert([file], owner, opened.parts.clock.now());
  await opened.files.write(file, bytes);
  return file;
}

describe('keeping a file', () => {
  test('stores it and its row, and gives what storing the row gave', async () => {
    const opened = await openParts();
    const bot = aBot({ threadId: opened.threadId, avatar: storedName('face.png', 'png') });
    const file = botAvatar(opened.threadId, bot.id, bot.avatar ?? '');
    const result = await keepFile(opened.parts, file, bytes, async (transaction) => {
      expect(await opened.files.read(file)).toEqual(bytes);
      await transaction.bots.insert(bot);
      return 'stored';
    });
    expect(result).toBe('stored');
    expect(await opened.files.read(file)).toEqual(bytes);
    expect(claimed(opened)).toEqual([file]);
    expectClean(opened);
  });

  test('is listed under this process until its row is stored', async () => {
    const opened = await openParts();
    const writing = vi.spyOn(opened.files, 'write');
    const seen: unknown[] = [];
    writing.mockImplementationOnce(async () => void seen.push(...listed(opened)));
    const file = messageFile(opened.threadId, 'image', storedName('cat.png', 'png'));
    await keepFile(opened.parts, file, bytes, async () => void seen.push(...listed(opened)));
    const entry = { path: file, owner: identityText(ownIdentity()) };
    expect(seen).toEqual([entry, entry]);
    expect(listed(opened)).toEqual([]);
  });

  test('leaves neither when the row cannot be stored', async () => {
    const opened = await openParts();
    const error = new Error('no such bot');
    const bot = aBot({ threadId: opened.threadId, avatar: storedName('face.png', 'png') });
    const kept = keepFile(
      opened.parts,
      botAvatar(opened.threadId, bot.id, bot.avatar ?? ''),
      bytes,
      async (transaction) => {
        await transaction.bots.insert(bot);
        throw error;
      },
    );
    await expect(kept).rejects.toBe(error);
    expect(filesIn(opened.root)).toEqual([]);
    expectClean(opened);
  });

  test('leaves neither when the file cannot be written, and says why', async () => {
    const opened = await openParts();
    writeFileSync(path.join(opened.root, 'threads'), 'in the way');
    const claim = vi.fn(async () => {});
    const file = messageFile(opened.threadId, 'image', storedName('cat.png', 'png'));
    const kept = keepFile(opened.parts, file, bytes, claim);
    await expect(kept).rejects.toMatchObject({ code: 'STORAGE_UNUSABLE' });
    await expect(kept).rejects.toThrow(/^The file could not be stored: (ENOTDIR|EEXIST): .*threads/);
    expect(claim).not.toHaveBeenCalled();
    expect([filesIn(opened.root), listed(opened)]).toEqual([['threads'], []]);
  });

  test('tells the first error when the rest cannot be removed, which the next sweep does', async () => {
    const opened = await openParts();
    vi.spyOn(opened.files, 'remove').mockRejectedValueOnce(new Error('EIO'));
    const file = messageFile(opened.threadId, 'image', storedName('cat.png', 'png'));
    const refuse = () => Promise.reject(new Error('no such thread'));
    await expect(keepFile(opened.parts, file, bytes, refuse)).rejects.toThrow('no such thread');
    expect([filesIn(opened.root), listed(opened)]).toEqual([[file], [{ path: file, owner: null }]]);
    await sweepFiles(opened.parts);
    expectClean(opened);
  });

  test.each([
    ['was done', true],
    ['was not done', false],
  ])('leaves both or neither when the commit fails and %s', async (_, isDone) => {
    const opened = await openParts();
    const transaction = opened.store.transaction.bind(opened.store);
    const error = new Error('disk I/O error');
    const fail = () => Promise.reject(error);
    vi.spyOn(opened.store, 'transaction').mockImplementationOnce((work) =>
      isDone ? transaction(work).then(fail) : transaction((store) => work(store).then(fail)),
    );
    await expect(keepAvatar(opened.parts, opened.threadId)).rejects.toBe(error);
    expect(claimed(opened)).toHaveLength(isDone ? 1 : 0);
    expectClean(opened);
  });

  test('leaves neither when another process takes it for left behind in the meantime', async () => {
    const opened = await openParts();
    const { files, store } = opened;
    const write = files.write.bind(files);
    vi.spyOn(files, 'write').mockImplementationOnce(async (name, content) => {
      await store.unclaimedFiles.disown([name]);
      await sweepFiles(opened.parts);
      await write(name, content);
    });
    await expect(keepAvatar(opened.parts, opened.threadId)).rejects.toMatchObject({
      code: 'STORAGE_UNUSABLE',
    });
    expect(claimed(opened)).toEqual([]);
    expectClean(opened);
  });
});

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
    const outside = '../outside could not be removed: "../outside" leads out of the storage.';
    await expect(sweepFiles(opened.parts)).rejects.toThrow(
      `${outside}; ${stuck} could not be removed: ${link} is a link and may lead out of the storage`,
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

describe('a process that is killed', () => {
  test.each([
    ['before write', 0, 0],
    ['sync 1', 1, 0],
    ['sync 2', 1, 0],
    ['before commit', 1, 0],
    ['kept', 1, 1],
    ['before remove', 3, 0],
    ['half removed', 2, 0],
    ['before delete', 0, 0],
    ['removed', 0, 0],
  ])('at the stage "%s" leaves what the next sweep cleans', async (stage, left, kept) => {
    const opened = await openParts();
    const others = await keepAvatars(opened.parts, opened.threadId, 2);
    const child = startKeeper(opened.database, opened.root, opened.threadId, stage);
    await endOf(child);
    expect(child.signalCode).toBe('SIGKILL');
    expect(filesIn(opened.root)).toHaveLength(others.length + left);
    await sweepFiles(opened.parts);
    expect(claimed(opened)).toHaveLength(others.length + kept);
    expectClean(opened);
  });

  test('at any time leaves what the next sweep cleans', async () => {
    const opened = await openParts();
    for (const milliseconds of [0, 3, 10, 31, 77, 150]) {
      const child = startKeeper(opened.database, opened.root, opened.threadId, 'for ever');
      await nextMessage(child);
      await sleep(milliseconds);
      child.kill('SIGKILL');
      await endOf(child);
      await sweepFiles(opened.parts);
      expectClean(opened);
    }
  });
});

describe('discarding', () => {
  test('takes files and folders from the disk and from the list, and may be repeated', async () => {
    const opened = await openParts();
    const [kept, gone] = await keepAvatars(opened.parts, opened.threadId, 2);
    const folders = await deleteBots(opened.parts, gone ? [gone] : []);
    await discardFiles(opened.parts, folders);
    await discardFiles(opened.parts, folders);
    await discardFiles(opened.parts, []);
    expect(claimed(opened)).toEqual([botAvatar(opened.threadId, kept?.id ?? '', kept?.avatar ?? '')]);
    expectClean(opened);
  });

  test('leaves a path on the list when it cannot be removed', async () => {
    const opened = await openParts();
    const folders = await deleteBots(opened.parts, await keepAvatars(opened.parts, opened.threadId, 1));
    vi.spyOn(opened.files, 'remove').mockRejectedValueOnce(new Error('EIO'));
    await expect(discardFiles(opened.parts, folders)).rejects.toThrow('EIO');
    expect(listed(opened)).toEqual(folders.map((folder) => ({ path: folder, owner: null })));
  });
});

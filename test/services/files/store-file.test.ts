import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { identityText, ownIdentity } from '../../../src/base/process-identity.ts';
import { botAvatar, messageFile, storedName } from '../../../src/domain/file-path.ts';
import { discardFiles, storeFile, sweepFiles } from '../../../src/services/files/store-file.ts';
import { endOf, nextMessage } from '../../support/children.ts';
import { claimed, expectClean, listed, openParts } from '../../support/file-bench.ts';
import { startKeeper } from '../../support/file-processes.ts';
import { deleteBots, filesIn, keepAvatar, keepAvatars } from '../../support/kept-files.ts';
import { aBot } from '../../support/records.ts';

const bytes = Buffer.from('a picture');

describe('keeping a file', () => {
  test('stores it and its row, and gives what storing the row gave', async () => {
    const opened = await openParts();
    const bot = aBot({ threadId: opened.threadId, avatar: storedName('face.png', 'png') });
    const file = botAvatar(opened.threadId, bot.id, bot.avatar ?? '');
    const result = await storeFile(opened.parts, {
      path: file,
      bytes,
      claim: async (transaction) => {
        expect(await opened.files.read(file)).toEqual(bytes);
        await transaction.bots.insert(bot);
        return 'stored';
      },
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
    await storeFile(opened.parts, {
      path: file,
      bytes,
      claim: async () => void seen.push(...listed(opened)),
    });
    const entry = { path: file, owner: identityText(ownIdentity()) };
    expect(seen).toEqual([entry, entry]);
    expect(listed(opened)).toEqual([]);
  });

  test('leaves neither when the row cannot be stored', async () => {
    const opened = await openParts();
    const error = new Error('no such bot');
    const bot = aBot({ threadId: opened.threadId, avatar: storedName('face.png', 'png') });
    const kept = storeFile(opened.parts, {
      path: botAvatar(opened.threadId, bot.id, bot.avatar ?? ''),
      bytes,
      claim: async (transaction) => {
        await transaction.bots.insert(bot);
        throw error;
      },
    });
    await expect(kept).rejects.toBe(error);
    expect(filesIn(opened.root)).toEqual([]);
    expectClean(opened);
  });

  test('leaves neither when the file cannot be written, and says why', async () => {
    const opened = await openParts();
    writeFileSync(path.join(opened.root, 'threads'), 'in the way');
    const claim = vi.fn(async () => {});
    const file = messageFile(opened.threadId, 'image', storedName('cat.png', 'png'));
    const kept = storeFile(opened.parts, { path: file, bytes, claim });
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
    await expect(storeFile(opened.parts, { path: file, bytes, claim: refuse })).rejects.toThrow(
      'no such thread',
    );
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

import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { botFolder } from '../../src/domain/file-path.ts';
import { LocalFiles } from '../../src/store/local-files.ts';
import { endOf, nextMessage } from '../support/children.ts';
import { startLimitedWriter } from '../support/file-processes.ts';
import { contentsOf, openFilesBelow } from '../support/folders.ts';
import { anAvatar, anImage, bytes, openFiles, thread } from '../support/storages.ts';

describe('writing', () => {
  test.each<[string, Uint8Array]>([
    ['bytes of all values', bytes],
    ['nothing', Buffer.alloc(0)],
    ['a part of a larger buffer', new Uint8Array(bytes.buffer, bytes.byteOffset + 9, 9)],
    ['some megabytes', Buffer.alloc(5_000_000, 'messenger')],
  ])('%s can be read again', async (_, content) => {
    const { files, at } = openFiles();
    const name = anImage();
    await files.write(name, content);
    expect(Buffer.compare(readFileSync(at(name)), content)).toBe(0);
    expect(Buffer.compare((await files.read(name)) ?? Buffer.alloc(1), content)).toBe(0);
  });

  test('leaves the file and nothing beside it', async () => {
    const { files, at, root } = openFiles();
    const [first, second] = [anImage(), anImage()];
    await Promise.all([files.write(first, bytes), files.write(second, bytes)]);
    expect(readdirSync(path.dirname(at(first))).sort()).toEqual(
      [first, second].map((name) => path.basename(name)).sort(),
    );
    expect(openFilesBelow(root)).toEqual([]);
  });

  test('says why it failed and leaves nothing, when a file is where a folder should be', async () => {
    const { files, at, names } = openFiles();
    const name = anImage();
    mkdirSync(path.dirname(path.dirname(at(name))), { recursive: true });
    writeFileSync(path.dirname(at(name)), 'in the way');
    const before = names();
    await expect(files.write(name, bytes)).rejects.toThrow(/ENOTDIR|EEXIST/);
    expect(names()).toEqual(before);
  });

  test.skipIf(process.getuid?.() === 0)('says why it failed in a folder that cannot be written', async () => {
    const { files, root, names } = openFiles();
    mkdirSync(root, { recursive: true });
    chmodSync(root, 0o500);
    await expect(files.write(anImage(), bytes)).rejects.toThrow(/EACCES/);
    chmodSync(root, 0o700);
    expect(names()).toEqual(['.messenger', '.messenger/storage']);
  });

  test.skipIf(process.platform === 'win32')('leaves nothing when the disk takes only a part', async () => {
    const { files, root } = openFiles();
    const neighbour = anImage();
    await files.write(neighbour, bytes);
    const before = contentsOf(root);
    const child = startLimitedWriter(root, anImage(), 5_000_000);
    expect(await nextMessage(child)).toMatch(/EFBIG/);
    await endOf(child);
    expect(contentsOf(root)).toEqual(before);
  });
});

describe('reading', () => {
  test('gives nothing where there is no file', async () => {
    const { files } = openFiles();
    expect([await files.read(anImage()), await files.stream(anImage())]).toEqual([undefined, undefined]);
    await files.write(anImage(), bytes);
    expect([await files.read(anImage()), await files.stream(anImage())]).toEqual([undefined, undefined]);
  });

  test('gives a stream, which ends with the file closed', async () => {
    const { files, root } = openFiles();
    const name = anImage();
    const content = Buffer.alloc(1_000_000, 'messenger');
    await files.write(name, content);
    const stream = await files.stream(name);
    expect(stream && Buffer.compare(await buffer(stream), content)).toBe(0);
    await expect.poll(() => openFilesBelow(root)).toEqual([]);
  });

  test('closes a stream that nobody wants any more', async () => {
    const { files, root } = openFiles();
    const name = anImage();
    await files.write(name, bytes);
    (await files.stream(name))?.destroy();
    await expect.poll(() => openFilesBelow(root)).toEqual([]);
  });
});

describe('removing', () => {
  test('takes a file and leaves its neighbour', async () => {
    const { files } = openFiles();
    const [gone, kept] = [anImage(), anImage()];
    await files.write(gone, bytes);
    await files.write(kept, bytes);
    await files.remove([gone]);
    expect(await files.read(gone)).toBeUndefined();
    expect(await files.read(kept)).toEqual(bytes);
  });

  test('takes a folder with all that is in it, and no other', async () => {
    const { files, at } = openFiles();
    const [gone, kept] = [newId(), newId()];
    const avatar = anAvatar(kept);
    for (const name of [anAvatar(gone), anAvatar(gone), avatar]) await files.write(name, bytes);
    mkdirSync(at(`${botFolder(thread, gone)}/some/more/folders`), { recursive: true });
    writeFileSync(at(`${botFolder(thread, gone)}/some/more/file`), 'x');
    await files.remove([botFolder(thread, gone)]);
    expect(readdirSync(at(`threads/${thread}/bots`))).toEqual([kept]);
    expect(await files.read(avatar)).toEqual(bytes);
  });

  test('takes what a crash has left of a file', async () => {
    const { files, at, names } = openFiles();
    const name = anImage();
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(`${at(name)}.part`, 'half');
    await files.remove([name]);
    expect(names()).toEqual(['.messenger', '.messenger/storage']);
  });

  test('takes the folders that become empty, up to the root', async () => {
    const { files, names } = openFiles();
    const [image, avatar] = [anImage(), anAvatar(newId())];
    for (const name of [image, avatar]) await files.write(name, bytes);
    await files.remove([avatar]);
    const folders = ['threads', `threads/${thread}`, `threads/${thread}/images`, image];
    const inRoot = [
      '.messenger',
      '.messenger/storage',
      ...folders.map((name) => `.messenger/storage/${name}`),
    ];
    expect(names()).toEqual(inRoot);
    await files.remove([image]);
    expect(names()).toEqual(['.messenger', '.messenger/storage']);
  });

  test('passes over what is not there, and can be repeated', async () => {
    const { files, names } = openFiles();
    const kept = anImage();
    const gone = anAvatar(newId());
    await files.remove([gone, botFolder(thread, newId())]);
    await files.write(kept, bytes);
    await files.write(gone, bytes);
    const before = names().length;
    await files.remove([gone, gone, anImage(), botFolder(newId(), newId())]);
    await files.remove([gone]);
    expect(names().length).toBe(before - 4);
  });

  test('may be done by two at once', async () => {
    const { files, root, names } = openFiles();
    const bots = Array.from({ length: 60 }, newId);
    for (const bot of bots) for (let count = 0; count < 5; count++) await files.write(anAvatar(bot), bytes);
    const folders = bots.map((bot) => botFolder(thread, bot));
    const other = new LocalFiles(root);
    await Promise.all([files.remove(folders), other.remove(folders), files.remove(folders.toReversed())]);
    expect(names()).toEqual(['.messenger', '.messenger/storage']);
  });

  test('does not disturb who writes into the same folders', async () => {
    const { files, names } = openFiles();
    const writeAndRemove = async () => {
      const name = anImage();
      await files.write(name, bytes);
      expect(await files.read(name)).toEqual(bytes);
      await files.remove([name]);
    };
    for (let round = 0; round < 20; round++) await Promise.all(Array.from({ length: 8 }, writeAndRemove));
    expect(names()).toEqual(['.messenger', '.messenger/storage']);
  });

  test('lets others have their turn', async () => {
    const { files, at } = openFiles();
    const folder = botFolder(thread, newId());
    mkdirSync(at(folder), { recursive: true });
    for (let count = 0; count < 3000; count++) writeFileSync(at(`${folder}/${count}`), 'x');
    let isDone = false;
    const removing = files.remove([folder]).then(() => {
      isDone = true;
    });
    let turns = 0;
    for (; !isDone; turns++) await new Promise((resolve) => setImmediate(resolve));
    await removing;
    expect(existsSync(at(folder))).toBe(false);
    expect(turns).toBeGreaterThan(2);
  });
});

import {
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { botFolder } from '../../src/domain/file-path.ts';
import { LocalFiles } from '../../src/store/local-files.ts';
import { contentsOf } from '../support/folders.ts';
import { anAvatar, anImage, bytes, openFiles, thread } from '../support/storages.ts';

/** A storage with one image, which has been moved elsewhere, and a link in place of one of its folders. */
async function openLinked(linked: 'threads' | 'thread' | 'images') {
  const opened = openFiles();
  const name = anImage();
  await opened.files.write(name, bytes);
  const depth = { threads: 1, thread: 2, images: 3 }[linked];
  const link = opened.at(name.split('/').slice(0, depth).join('/'));
  const elsewhere = path.join(opened.folder, 'elsewhere');
  renameSync(link, elsewhere);
  symlinkSync(elsewhere, link);
  return { ...opened, name, elsewhere, before: contentsOf(elsewhere) };
}

describe('nothing leads out of the storage', () => {
  test.each(['..', '../x', 'threads/../../x', '/etc/passwd', '.', '', 'threads/..'])(
    'not the path %j',
    async (name) => {
      const { files, names } = openFiles();
      const before = names();
      await expect(files.write(name, bytes)).rejects.toThrow(TypeError);
      await expect(files.read(name)).rejects.toThrow(TypeError);
      await expect(files.stream(name)).rejects.toThrow(TypeError);
      await expect(files.remove([name])).rejects.toThrow(TypeError);
      expect(names()).toEqual(before);
    },
  );

  test.each(['threads', 'thread', 'images'] as const)(
    'not a link in place of the folder %s',
    async (linked) => {
      const { files, name, elsewhere, before } = await openLinked(linked);
      const refused = /is a link and may lead outside the storage$/;
      await expect(files.write(anImage(), bytes)).rejects.toThrow(refused);
      await expect(files.read(name)).rejects.toThrow(refused);
      await expect(files.stream(name)).rejects.toThrow(refused);
      await expect(files.remove([name])).rejects.toThrow(refused);
      expect(contentsOf(elsewhere)).toEqual(before);
    },
  );

  test('not a link in place of a file', async () => {
    const { files, folder, at } = openFiles();
    const [neighbour, link] = [anImage(), anImage()];
    const secret = path.join(folder, 'secret');
    writeFileSync(secret, 'secret');
    await files.write(neighbour, bytes);
    symlinkSync(secret, at(link));
    await expect(files.read(link)).rejects.toThrow(/ELOOP/);
    await files.remove([link]);
    expect(existsSync(at(link))).toBe(false);
    symlinkSync(secret, `${at(link)}.part`);
    await expect(files.write(link, bytes)).rejects.toThrow(/EEXIST/);
    expect(readFileSync(secret, 'utf8')).toBe('secret');
  });

  test('not links in a folder that is removed, nor the folder where it is one', async () => {
    const { files, folder, at } = openFiles();
    const [bot, linked] = [newId(), newId()];
    const elsewhere = path.join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(path.join(elsewhere, 'file'), 'x');
    await files.write(anAvatar(bot), bytes);
    symlinkSync(elsewhere, at(`${botFolder(thread, bot)}/link`));
    symlinkSync(elsewhere, at(botFolder(thread, linked)));
    await files.remove([botFolder(thread, bot), botFolder(thread, linked)]);
    expect(existsSync(at(`threads/${thread}`))).toBe(false);
    expect(contentsOf(elsewhere)).toEqual({ file: 'x' });
  });

  test('but the storage itself may be a link to another disk', async () => {
    const { folder, root } = openFiles();
    const disk = path.join(folder, 'disk');
    mkdirSync(disk);
    mkdirSync(path.dirname(root));
    symlinkSync(disk, root);
    const files = new LocalFiles(root);
    const name = anImage();
    await files.write(name, bytes);
    expect(existsSync(path.join(disk, name))).toBe(true);
    await files.remove([name]);
    expect([contentsOf(disk), readlinkSync(root)]).toEqual([{}, disk]);
  });
});

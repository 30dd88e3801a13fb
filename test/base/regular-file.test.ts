import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadFile } from '../../src/authoring/file-source.ts';
import { readRegularFile, readRegularText } from '../../src/base/regular-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const isWindows = process.platform === 'win32';

/** A folder with one of each: what is there beside regular files holds up whoever opens it, or has no end. */
async function folderOfAll(): Promise<string> {
  const folder = temporaryFolder(onTestFinished);
  writeFileSync(path.join(folder, 'file'), 'content');
  mkdirSync(path.join(folder, 'folder'));
  symlinkSync('/dev/zero', path.join(folder, 'link'));
  execFileSync('mkfifo', [path.join(folder, 'pipe')]);
  const server = createServer().listen(path.join(folder, 'socket'));
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return folder;
}

const others: ReadonlyArray<[name: string, reason: string]> = [
  ['folder', 'it is a folder, not a regular file'],
  ['pipe', 'it is a pipe, not a regular file'],
  ['link', 'it is a device, not a regular file'],
  ['/dev/zero', 'it is a device, not a regular file'],
  ['/dev/null', 'it is a device, not a regular file'],
  ['socket', 'ENXIO'],
  ['nowhere', 'ENOENT'],
];

describe.skipIf(isWindows)('beside regular files', () => {
  test.each(others)('%s is refused at once: %s', async (name, reason) => {
    const file = path.resolve(await folderOfAll(), name);
    await expect(readRegularFile(file, 1_000)).rejects.toThrow(reason);
  });

  test('a handler that sends a pipe is told so, and a thousand pipes hold up nothing', async () => {
    const folder = await folderOfAll();
    const limits = { folder, kind: 'document', limit: 1 };
    const pipes = Array.from({ length: 1_000 }, () => loadFile('pipe', limits).catch((error) => error));
    expect(await Promise.all(pipes)).toEqual(
      pipes.map(() =>
        expect.objectContaining({ code: 'FILE_UNREADABLE', message: expect.stringContaining('pipe, not') }),
      ),
    );
    expect(Buffer.from((await loadFile('file', limits)).bytes).toString()).toBe('content');
  });

  test('a source that is a pipe or a folder has no text', async () => {
    const folder = await folderOfAll();
    const texts = ['file', 'pipe', 'folder', 'link'].map((name) =>
      readRegularText(path.join(folder, name), 1_000),
    );
    expect(texts).toEqual(['content', undefined, undefined, undefined]);
  });
});

describe('a regular file', () => {
  test.each([
    [7, { bytes: Buffer.from('content') }],
    [6, { tooLarge: 7 }],
  ])('of seven bytes, where %i are allowed, is %o', async (limit, found) => {
    const file = path.join(temporaryFolder(onTestFinished), 'file');
    writeFileSync(file, 'content');
    expect(await readRegularFile(file, limit)).toEqual(found);
    expect(readRegularText(file, limit)).toBe('bytes' in found ? 'content' : undefined);
  });

  test.skipIf(process.platform !== 'linux')(
    'whose size is not known before is cut at the limit',
    async () => {
      expect(await readRegularFile('/proc/self/maps', 10)).toEqual({ tooLarge: expect.any(Number) });
      expect(await readRegularFile('/proc/self/cmdline', 100_000)).toEqual({ bytes: expect.any(Buffer) });
    },
  );
});

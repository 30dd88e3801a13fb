import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { FileKind } from '../../src/domain/file-kind.ts';
import { botAvatar, botFolder, messageFile, storedName } from '../../src/domain/file-path.ts';

const thread = '0199a1b2-0000-7000-8000-000000000001';
const bot = '0199a1b2-0000-7000-8000-000000000002';
const name = 'cat_0199a1b2-0000-7000-8000-000000000003.png';

/** Everything that might lead somewhere else. */
const hostile = [
  '',
  '.',
  '..',
  '../..',
  '/etc/passwd',
  'C:\\',
  '..\\..',
  'a/b',
  '%2e%2e%2f',
  `${thread}/..`,
  `${thread}\n`,
  `${thread}\0`,
  `../${thread}`,
  `${thread}${thread}`,
];

describe('paths', () => {
  test.each<[FileKind, string]>([
    ['image', 'images'],
    ['document', 'documents'],
    ['audio', 'audio'],
    ['video', 'videos'],
  ])('of the files of messages: %s', (kind, folder) => {
    expect(messageFile(thread, kind, name)).toBe(`threads/${thread}/${folder}/${name}`);
  });

  test('of bots and their pictures', () => {
    expect(botFolder(thread, bot)).toBe(`threads/${thread}/bots/${bot}`);
    expect(botAvatar(thread, bot, name)).toBe(`threads/${thread}/bots/${bot}/avatar/${name}`);
  });

  test.each(hostile.concat('general', '1'))('are not made with the id %j', (id) => {
    expect(() => messageFile(id, 'image', name)).toThrow(TypeError);
    expect(() => botFolder(id, bot)).toThrow(TypeError);
    expect(() => botFolder(thread, id)).toThrow(TypeError);
    expect(() => botAvatar(thread, id, name)).toThrow(TypeError);
  });

  test.each(
    hostile.concat(
      'cat',
      '.png',
      'cat.',
      'a/cat.png',
      '../cat.png',
      'cat.png/',
      'cat.png\n',
      'c at.png',
      'ü.png',
    ),
  )('are not made with the file name %j', (file) => {
    expect(() => messageFile(thread, 'image', file)).toThrow(TypeError);
    expect(() => botAvatar(thread, bot, file)).toThrow(TypeError);
  });
});

describe('the name a file is stored under', () => {
  test.each([
    ['My cat!.jpeg', 'Mycat'],
    ['cat', 'cat'],
    ['a-b_c.9.png', 'a-b_c9'],
    ['.env', ''],
    ['', ''],
    ['漢字.png', ''],
    ['../../etc/passwd', ''],
    ['a\0b\n.png', 'ab'],
    [`${'x'.repeat(300)}.png`, 'x'.repeat(100)],
  ])('of %j begins with %j', (original, begin) => {
    const stored = storedName(original, 'png');
    expect(stored.slice(0, begin.length + 1)).toBe(`${begin}_`);
    expect(stored.slice(begin.length + 1)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.png$/);
  });

  test('never comes twice', () => {
    const names = Array.from({ length: 1000 }, () => storedName('cat.png', 'png'));
    expect(new Set(names).size).toBe(1000);
  });

  test('makes a path that stays in its folder and that a file system takes, whatever it was', () => {
    const anyName = fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.constantFrom(...hostile));
    fc.assert(
      fc.property(anyName, (original) => {
        const stored = storedName(original, '7z');
        const made = messageFile(newId(), 'document', stored);
        expect(path.posix.normalize(made)).toBe(made);
        expect(path.win32.basename(made)).toBe(stored);
        expect(Buffer.byteLength(stored)).toBeLessThanOrEqual(200);
      }),
    );
  });
});

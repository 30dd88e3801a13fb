import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { asAuthored, WorkingCopies } from '../../src/sandbox/working-copies.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

/** A workspace with working copies of its files. */
function workspace() {
  const folder = temporaryFolder();
  const copies = new WorkingCopies(folder);
  const file = path.join(folder, 'bots/a.ts');
  const sources = (text: string, more: Record<string, string> = {}) =>
    new Map([
      [file, text],
      ...Object.entries(more).map(([name, each]) => [path.join(folder, name), each] as const),
    ]);
  const working = path.join(folder, '.messenger/cache/working');
  return {
    folder,
    copies,
    file,
    sources,
    working,
    kept: () => (existsSync(working) ? readdirSync(working) : []),
  };
}

describe('a copy', () => {
  test('has the file and what it imports at the same places below it', () => {
    const { copies, file, sources } = workspace();
    const copy = copies.write(file, sources('one', { 'lib/deep/b.ts': 'two', 'data.json': '{}' }));
    expect(copy).toMatch(/working[\\/][0-9a-f]{16}[\\/]bots[\\/]a\.ts$/);
    const read = (name: string) => readFileSync(path.resolve(copy, '../..', name), 'utf8');
    expect(['bots/a.ts', 'lib/deep/b.ts', 'data.json'].map(read)).toEqual(['one', 'two', '{}']);
  });

  test('has a place of its own for each content, and one for the same content', () => {
    const { copies, file, sources, kept } = workspace();
    const paths = ['one', 'two', 'one'].map((text) => copies.write(file, sources(text)));
    expect(new Set(paths).size).toBe(2);
    expect(paths[0]).toBe(paths[2]);
    expect(kept()).toHaveLength(2);
  });

  test('replaces one that another process left under the same name', () => {
    const { folder, copies, file, sources } = workspace();
    const copy = copies.write(file, sources('one'));
    writeFiles(path.dirname(copy), { 'a.ts': 'changed by hand', 'left.ts': 'left' });
    new WorkingCopies(folder).write(file, sources('one'));
    expect(readFileSync(copy, 'utf8')).toBe('one');
    expect(existsSync(path.join(path.dirname(copy), 'left.ts'))).toBe(false);
  });

  test('leaves no unfinished folder behind', () => {
    const { copies, file, sources, kept } = workspace();
    copies.write(file, sources('one'));
    expect(kept().every((name) => /^[0-9a-f]{16}$/.test(name))).toBe(true);
  });
});

describe('keepOnly', () => {
  test('keeps the copies with these files, and can write the others again', () => {
    const { copies, file, sources } = workspace();
    const [one, two] = [copies.write(file, sources('one')), copies.write(file, sources('two'))];
    copies.keepOnly([two]);
    expect([existsSync(one), existsSync(two)]).toEqual([false, true]);
    expect(copies.write(file, sources('one'))).toBe(one);
    expect(readFileSync(one, 'utf8')).toBe('one');
  });

  test('removes all for an empty list, and for files of the workspace itself', () => {
    const { copies, file, sources, kept } = workspace();
    copies.write(file, sources('one'));
    copies.keepOnly([file]);
    expect(kept()).toEqual([]);
    copies.write(file, sources('two'));
    copies.keepOnly([]);
    expect(kept()).toEqual([]);
  });
});

test('clear removes what a killed process left', () => {
  const { folder, copies, working } = workspace();
  writeFiles(folder, { '.messenger/cache/working/0123456789abcdef.99/bots/a.ts': 'half' });
  copies.clear();
  expect(existsSync(working)).toBe(false);
  copies.clear();
});

describe('asAuthored', () => {
  const copy = '/w/.messenger/cache/working/0123456789abcdef';

  test.each([
    ['a path', `${copy}/bots/a.ts`, '/w/bots/a.ts'],
    [
      'a stack',
      `at a (${copy}/a.ts:1:2)\nat b (${copy}/lib/b.ts:3:4)`,
      'at a (/w/a.ts:1:2)\nat b (/w/lib/b.ts:3:4)',
    ],
    ['a path of Windows', 'C:\\w\\.messenger\\cache\\working\\0123456789abcdef\\a.ts', 'C:\\w\\a.ts'],
    ['an address', `file://${copy}/a.ts`, 'file:///w/a.ts'],
    ['the file itself', '/w/bots/a.ts', '/w/bots/a.ts'],
    ['another cache', '/w/.messenger/cache/compiled/a.ts', '/w/.messenger/cache/compiled/a.ts'],
    ['a name of the wrong length', `${copy}0/a.ts`, `${copy}0/a.ts`],
    ['the folder alone', copy, copy],
    ['nothing', '', ''],
  ])('names the file of the author in %s', (_, text, expected) => {
    expect(asAuthored(text)).toBe(expected);
  });
});

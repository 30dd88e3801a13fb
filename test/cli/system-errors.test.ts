import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { messenger } from '../support/messenger.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const file = (name: string) => (folder: string) => writeFileSync(path.join(folder, name), 'mine');

/** A lock that is no database. */
function garbageLock(folder: string): void {
  mkdirSync(path.join(folder, '.messenger'));
  file('.messenger/lock.sqlite')(folder);
}

function folderInPlace(folder: string): void {
  mkdirSync(path.join(folder, 'bots', 'HelloBot.ts'), { recursive: true });
}

/** A disk that is full as soon as something is written to it. */
function fullDisk(folder: string): void {
  mkdirSync(path.join(folder, 'bots'));
  symlinkSync('/dev/full', path.join(folder, 'bots', 'HelloBot.ts'));
}

describe('what the system refuses is one sentence that names the path', () => {
  test.each([
    [
      'bots is a file',
      file('bots'),
      ['make:bot', 'HelloBot'],
      /^Error: \S+bots cannot be used: it is a file, or is in a file/,
    ],
    [
      'bots is a file',
      file('bots'),
      ['simulate'],
      /^Error: \S+bots cannot be used: it is a file, or is in a file/,
    ],
    [
      '.messenger is a file',
      file('.messenger'),
      ['simulate'],
      /^Error: \S+\.messenger cannot be used: a file is/,
    ],
    [
      '.messenger is a file',
      file('.messenger'),
      ['failed'],
      /^Error: The database .* opened: a file is in its place/,
    ],
    [
      'the lock is no database',
      garbageLock,
      ['simulate'],
      /lock\.sqlite cannot be opened: file is not a database/,
    ],
    [
      'the lock is no database',
      garbageLock,
      ['purge:bots'],
      /lock\.sqlite cannot be opened: file is not a database/,
    ],
    [
      'a folder is in place of the file',
      folderInPlace,
      ['make:bot', 'HelloBot', '--force'],
      /HelloBot\.ts cannot be/,
    ],
    [
      'the disk is full',
      fullDisk,
      ['make:bot', 'HelloBot', '--force'],
      /HelloBot\.ts cannot be used: no space/,
    ],
  ])('%s: %3$j', async (_, prepare, words, sentence) => {
    const folder = temporaryFolder();
    prepare(folder);
    const { code, stdout, stderr } = await messenger(folder, words);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('with --json an error is also an object on standard output', () => {
  test.each([
    [['failed', 'show', 'x', '--json'], 1, { code: 'NOT_FOUND', message: 'There is no failed run "x".' }],
    [['failed', '--json', '--nonsense'], 2, { code: 'WRONG_USE', message: "unknown option '--nonsense'" }],
    [['xyzzy', '--json'], 2, { code: 'UNKNOWN_COMMAND' }],
    [
      ['attach', 'reply', 'cooldown=901', '--json'],
      1,
      {
        code: 'INVALID_PARAMETERS',
        errors: expect.objectContaining({ cooldown: ['The cooldown field must be between 0 and 900.'] }),
      },
    ],
  ])('%j', async (words, code, error) => {
    const { code: ended, stdout, stderr } = await messenger(temporaryFolder(), words);
    expect([ended, JSON.parse(stdout)]).toEqual([code, { error: expect.objectContaining(error) }]);
    expect(stderr).toMatch(/^error: |^Error: /);
  });
});

test('what a configuration prints does not come between the JSON of a command', async () => {
  const folder = temporaryFolder();
  const text = "console.log('one'); process.stdout.write('two\\n'); export default {};";
  writeFileSync(path.join(folder, 'messenger.config.mjs'), text);
  const { code, stdout, stderr } = await messenger(folder, ['bots', '--json']);
  expect([code, stderr]).toEqual([0, 'one\ntwo\n']);
  expect(JSON.parse(stdout)).toEqual([]);
});

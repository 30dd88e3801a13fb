import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { messenger, outcome } from '../support/messenger.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { makeWorkspace } from '../support/workspace.ts';

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
      /^Error: \S+bots cannot be used: it is, or lies in, a file/,
    ],
    [
      'bots is a file',
      file('bots'),
      ['simulate'],
      /^Error: \S+bots cannot be used: it is, or lies in, a file/,
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

describe.runIf(process.platform === 'linux')('where the output cannot be written', () => {
  test.each([
    ['help', []],
    ['the version', ['--version']],
    ['the help of a command', ['attach', '--help']],
    ['a list', ['bots']],
    ['an object', ['bots', '--json']],
    ['a file that was made', ['make:bot', 'HelloBot']],
    ['an error as an object', ['daemon', 'status', '--json']],
    ['a conversation', ['simulate']],
  ])('%s ends with one sentence and the code 1', async (_, words) => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [packageFile('bin/messenger.js'), ...words], {
      cwd: makeWorkspace().folder,
      stdio: ['pipe', full, 'pipe'],
    });
    closeSync(full);
    child.stdin?.end('hi\n');
    const { code, stderr } = await outcome(child);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^(Error: No daemon is running.*\n)?Error: Standard output cannot be used: no space is left/,
    );
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

test('what a configuration left running keeps no command alive that has failed', async () => {
  const text = 'setInterval(() => {}, 1_000);\nawait new Promise(() => {});\nexport default {};';
  const { folder } = makeWorkspace({ 'messenger.config.mjs': text });
  expect(await messenger(folder, ['bots'])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Error: The configuration in .* does not end loading/),
  });
});

import path from 'node:path';
import { Command } from 'commander';
import { describe, expect, onTestFinished, test } from 'vitest';
import { enterFolder, extractFolder, withFolder } from '../../src/cli/cwd.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

describe('--cwd', () => {
  test.each<[string[], string[], string | undefined]>([
    [[], [], undefined],
    [['bots'], ['bots'], undefined],
    [['--cwd', 'chat', 'bots'], ['bots'], 'chat'],
    [['bots', '--cwd', 'chat'], ['bots'], 'chat'],
    [['bots', '--cwd=chat', '--json'], ['bots', '--json'], 'chat'],
    [['daemon', 'start', '--cwd', '../a b', '--port', '1'], ['daemon', 'start', '--port', '1'], '../a b'],
    [['bots', '--cwd=a=b\nc'], ['bots'], 'a=b\nc'],
    // After `--` come words of the command itself.
    [['attach', '--', '--cwd', 'x'], ['attach', '--', '--cwd', 'x'], undefined],
    [['attach', '--cwd', 'chat', '--', '--cwd', 'x'], ['attach', '--', '--cwd', 'x'], 'chat'],
    [['bots', '--cwdx', 'x'], ['bots', '--cwdx', 'x'], undefined],
  ])('of %j leaves %j and is %j', (given, words, folder) => {
    expect(extractFolder(given)).toEqual({ words, folder });
  });

  test('does not change the words it is given', () => {
    const given = ['bots', '--cwd', 'chat'];
    extractFolder(given);
    expect(given).toEqual(['bots', '--cwd', 'chat']);
  });

  test.each([
    [['bots', '--cwd'], 'Say which folder: --cwd DIR.'],
    [['bots', '--cwd='], 'Say which folder: --cwd DIR.'],
    [['bots', '--cwd', ''], 'Say which folder: --cwd DIR.'],
    [['attach', '--cwd', '--', 'x'], 'Say which folder: --cwd DIR.'],
    [['--cwd', 'a', 'bots', '--cwd', 'b'], 'Give --cwd once.'],
    [['--cwd', 'a', 'bots', '--cwd=a'], 'Give --cwd once.'],
    [['--cwd', 'a', 'bots', '--cwd'], 'Say which folder: --cwd DIR.'],
  ])('of %j is wrong use: %s', (given, message) => {
    expect(() => extractFolder(given)).toThrow(expect.objectContaining({ code: 'WRONG_USE', message }));
  });
});

describe('the folder', () => {
  test('becomes that of the process', () => {
    const before = process.cwd();
    onTestFinished(() => process.chdir(before));
    const folder = temporaryFolder();
    enterFolder(folder);
    expect(path.basename(process.cwd())).toBe(path.basename(folder));
  });

  test.each([
    ['nothing', /^--cwd \S+nothing cannot be used: it is not there\.$/],
    ['file', /^--cwd \S+file cannot be used: it is a file, or is in a file, and not a folder\.$/],
    ['a\0b', /^--cwd \S+a\0b cannot be used: /],
  ])('%j is wrong use if it is none', (name, message) => {
    const folder = temporaryFolder();
    writeFiles(folder, { file: '' });
    expect(() => enterFolder(path.join(folder, name))).toThrow(
      expect.objectContaining({ code: 'WRONG_USE', message: expect.stringMatching(message) }),
    );
  });
});

test('the help of a command and of those below it has --cwd', () => {
  const command = new Command('daemon');
  const below = command.command('start');
  withFolder(command);
  expect([command, below].map((each) => each.options.map(({ long }) => long))).toEqual([
    ['--cwd'],
    ['--cwd'],
  ]);
});

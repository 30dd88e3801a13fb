import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { messenger } from '../support/messenger.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

describe('what only looks makes nothing in an empty folder', () => {
  test.each<[string[], number, RegExp]>([
    [['bots'], 0, /^Playground has no bots\.$/m],
    [['bots', '--thread', 'Nowhere'], 1, /There is no group "Nowhere"/],
    [['backtest', 'roll'], 0, /^roll: fires on 0 more, stops on 0, of 0 messages\.$/m],
    [['backtest', 'roll', '--thread', 'Nowhere'], 1, /There is no group "Nowhere"/],
    [['failed'], 0, /^No action has failed\.$/m],
    [['failed', 'show', 'x'], 1, /There is no failed/],
    [['failed', 'prune'], 0, /Forgot 0 failed actions/],
    [['retry', '--all'], 0, /^No action has failed\.$/m],
    [['retry', 'x'], 1, /There is no failed/],
    [['daemon', 'status'], 1, /No daemon is running/],
    [['daemon', 'stop'], 1, /No daemon is running/],
    [['daemon', 'logs'], 0, /There is no log yet/],
    [['user:token', 'Ada', '--list'], 1, /There is no person "Ada"/],
    [['user:token', 'Ada', '--revoke'], 1, /There is no person "Ada"/],
    [['uninstall', 'Helper'], 1, /There is no bot "Helper"/],
    [['bots:restore', 'Helper'], 1, /There is no .*"Helper"/],
    [['purge:bots'], 0, /Purged 0 bots/],
    [['purge:bots', '--dry-run'], 0, /Would purge 0 bots/],
    [['purge:bots', '--now'], 0, /Purged 0 bots/],
    [['test-resolve', 'roll', 'cooldown=0', 'admin_only=false', 'enabled=true'], 0, /RollBot resolved/],
    [['test-installs', 'games_package'], 0, /resolved/],
    [['--help'], 0, /Usage/],
  ])('messenger %j', async (words, code, text) => {
    const folder = temporaryFolder();
    const outcome = await messenger(folder, words);
    expect({ ...outcome, made: readdirSync(folder) }).toMatchObject({ code, made: [] });
    expect(`${outcome.stdout}${outcome.stderr}`).toMatch(text);
  });
});

test('looking at the bots of the playground makes nobody its admin', async () => {
  const folder = temporaryFolder();
  await messenger(folder, ['attach', 'roll', '--as', 'Ada']);
  const looked = await messenger(folder, ['bots', '--as', 'Eve']);
  expect(looked).toMatchObject({ code: 0, stdout: expect.stringContaining('roll') });
  expect(await messenger(folder, ['user:token', 'Eve', '--list'])).toMatchObject({ code: 1 });
});

describe('a command below a workspace', () => {
  test.each(['messenger.config.ts', '.messenger/x', 'bots/x.md'])('finds it by %s', async (name) => {
    const folder = temporaryFolder();
    writeFiles(folder, { [name]: 'export default {};', 'src/deep/x': '' });
    const deep = path.join(folder, 'src', 'deep');
    const { code, stdout } = await messenger(deep, ['make:bot', 'HelloBot']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Wrote ../../bots/HelloBot.ts.')]);
    expect(readdirSync(deep)).toEqual(['x']);
  });
});

describe('--cwd', () => {
  test.each([
    [['--cwd', 'chat', 'make:bot', 'HelloBot']],
    [['make:bot', 'HelloBot', '--cwd', 'chat']],
    [['make:bot', '--cwd=chat', 'HelloBot']],
    [['--cwd=chat', 'make:bot', 'HelloBot']],
  ])('%j works as if started there', async (words) => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'chat/x': '' });
    expect(await messenger(folder, words)).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(path.join(folder, 'chat', 'bots'))).toEqual(['HelloBot.ts']);
  });

  test.each<[string[], string]>([
    [['bots', '--cwd'], 'Say which folder: --cwd DIR.'],
    [['bots', '--cwd='], 'Say which folder: --cwd DIR.'],
    [['bots', '--cwd', 'nowhere'], '--cwd nowhere cannot be used: it is not there.'],
    [
      ['--cwd', 'file', 'bots'],
      '--cwd file cannot be used: it is a file, or is in a file, and not a folder.',
    ],
    [['--cwd', '.', 'bots', '--cwd', '.'], 'Give --cwd once.'],
  ])('%j is wrong use', async (words, sentence) => {
    const folder = temporaryFolder();
    writeFiles(folder, { file: '' });
    expect(await messenger(folder, words)).toMatchObject({ code: 2, stderr: `Error: ${sentence}\n` });
  });

  test.each([
    [['--help']],
    [['bots', '--help']],
    [['daemon', 'start', '--help']],
    [['failed', 'show', '--help']],
  ])('stands in the help: %j', async (words) => {
    expect((await messenger(temporaryFolder(), words)).stdout).toContain('--cwd <folder>');
  });
});

test.each<[string[], string]>([
  [['purge:bots', '--days', '3', '--days', '4'], "option '--days <days>' is given twice"],
  [['bots', '--thread', 'a', '--thread', 'b'], "option '--thread <name>' is given twice"],
  [['daemon', 'logs', '-n', '3', '--lines', '4'], 'is given twice'],
  [['purge:bots', '--days', '30abc'], 'It must be a number of days'],
  [['failed', '--limit', '5', 'show', 'x'], '--limit is for the list'],
  [['failed', '--limit', '5', 'prune'], '--limit is for the list'],
  [['bots', 'Playground'], 'too many arguments'],
  [['daemon', 'stop', 'now'], 'too many arguments'],
  [['retry', 'x', '--all'], 'Say which'],
])('%j is wrong use: %s', async (words, sentence) => {
  const folder = temporaryFolder();
  const { code, stderr } = await messenger(folder, words);
  expect([code, stderr, readdirSync(folder)]).toEqual([2, expect.stringContaining(sentence), []]);
});

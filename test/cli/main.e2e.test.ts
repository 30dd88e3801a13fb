import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { outcome, spawnMessenger } from '../support/messenger.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { makeWorkspace } from '../support/workspace.ts';

test.each([
  ['has succeeded', ['failed'], { code: 0, stdout: 'No action has failed.\n', stderr: '' }],
  [
    'has failed',
    ['daemon', 'stop'],
    { code: 1, stdout: '', stderr: expect.stringMatching(/^Error: No daemon/) },
  ],
  [
    'was used wrongly',
    ['failed', '--nonsense'],
    { code: 2, stderr: expect.stringMatching(/^error: unknown/) },
  ],
])('a command that %s ends its process with its exit code', async (_, words, expected) => {
  expect(await spawnMessenger(temporaryFolder(), words)).toMatchObject({ ...expected, signal: null });
});

test('what is written to its standard input is read', async () => {
  const { stdout } = await spawnMessenger(temporaryFolder(), ['simulate', '--as', 'Ada'], 'hi there\n');
  expect(stdout).toContain('Ada: hi there');
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
  expect(await spawnMessenger(folder, ['bots'])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Error: The configuration in .* does not finish loading/),
  });
});

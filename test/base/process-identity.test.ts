import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import {
  identityText,
  isRunning,
  ownIdentity,
  type ProcessIdentity,
  parseIdentity,
} from '../../src/base/process-identity.ts';
import { childFile } from '../support/child-files.ts';
import { endOf } from '../support/children.ts';

interface Started {
  process: ChildProcess;
  identity: ProcessIdentity;
}

/** Starts a process that tells its identity in its first line; it ends with the test at the latest. */
async function start(command: string, words: readonly string[]): Promise<Started> {
  const process = spawn(command, words, { cwd: packageFile('.'), stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void process.kill('SIGKILL'));
  for await (const line of createInterface({ input: process.stdout })) {
    return { process, identity: JSON.parse(line) };
  }
  throw new Error('The process ended before it told its identity.');
}

const startTeller = (title = 'child') => start(process.execPath, [childFile('identity'), title]);

const isLinux = process.platform === 'linux';

/** The letter with which Linux tells what a process does. */
const stateOf = (pid: number): string | undefined =>
  /\) ([A-Z]) (?!.*\))/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];

describe('isRunning', () => {
  test('this process runs', () => {
    expect(ownIdentity()).toMatchObject({ host: hostname(), pid: process.pid });
    expect(isRunning(ownIdentity())).toBe(true);
  });

  test.each<[string, (child: ChildProcess) => void]>([
    ['ends by itself', (child) => child.stdin?.end()],
    ['is asked to end', (child) => child.kill('SIGTERM')],
    ['is killed', (child) => child.kill('SIGKILL')],
  ])('another process runs until it %s', async (_, end) => {
    const child = await startTeller();
    expect(isRunning(child.identity)).toBe(true);
    end(child.process);
    await endOf(child.process);
    expect(isRunning(child.identity)).toBe(false);
  });

  test.runIf(isLinux)('a process that was killed has ended also while its parent does not look', async () => {
    // The shell becomes a `sleep`, which never asks after the child it has got.
    const script = '"$0" "$@" <&0 & exec sleep 600 >/dev/null';
    const { identity } = await start('sh', ['-c', script, process.execPath, childFile('identity')]);
    expect(isRunning(identity)).toBe(true);
    process.kill(identity.pid, 'SIGKILL');
    await expect.poll(() => stateOf(identity.pid)).toBe('Z');
    expect(isRunning(identity)).toBe(false);
  });

  test('a later process with the same pid is another one', () => {
    const own = ownIdentity();
    expect(isRunning({ ...own, started: `${own.started}1` })).toBe(false);
    expect(isRunning({ ...own, started: 'ended' })).toBe(false);
  });

  test.runIf(isLinux)('a process of somebody else runs', () => {
    const stat = readFileSync('/proc/1/stat', 'utf8');
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    expect(isRunning({ host: hostname(), pid: 1, started })).toBe(true);
  });

  test('a process of another machine counts as running, whatever runs here under its pid', () => {
    expect(isRunning({ host: 'another.example', pid: process.pid, started: '1' })).toBe(true);
  });

  test.runIf(isLinux).each(['a b', 'x) Z 1 (y', ') R (', '((('])(
    'a process may be called %j',
    async (title) => {
      const { identity } = await startTeller(title);
      expect(identity.started).toMatch(/^\d+$/);
      expect(isRunning(identity)).toBe(true);
    },
  );
});

describe('an identity as text', () => {
  test.each<[ProcessIdentity, string]>([
    [{ host: 'box', pid: 42, started: '777' }, 'box 42 777'],
    [{ host: 'box.example.com', pid: 1, started: '' }, 'box.example.com 1 '],
  ])('%j is %j', (identity, text) => {
    expect(identityText(identity)).toBe(text);
    expect(parseIdentity(text)).toEqual(identity);
  });

  test.each(['', ' ', 'box', 'box 42', 'box pid 777', ' 42 777', 'box -1 777'])('%j is none', (text) => {
    expect(parseIdentity(text)).toBeUndefined();
  });

  test('is read back, also with more behind it', () => {
    const word = fc.stringMatching(/^[\w.-]+$/);
    const identities = fc.record({ host: word, pid: fc.nat(), started: fc.oneof(fc.constant(''), word) });
    const isReadBack = (identity: ProcessIdentity, more: string) => {
      expect(parseIdentity(`${identityText(identity)} ${more}`)).toEqual(identity);
    };
    fc.assert(fc.property(identities, fc.string(), isReadBack));
  });
});

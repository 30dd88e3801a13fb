import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { LogFile } from '../../src/base/log-file.ts';
import { makeWorkspace } from '../support/workspace.ts';

const logPath = () => path.join(makeWorkspace().folder, 'logs', 'daemon.log');

test('lines are in the file as soon as they are written, after those of an earlier process', () => {
  const file = logPath();
  const earlier = new LogFile(file);
  earlier.write('one\n');
  earlier.close();
  new LogFile(file).write('two\n');
  expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
});

test.each([
  ['the next line would pass the limit', 12, ['aaaa\n', 'bbbb\n', 'cccc\n'], 'cccc\n', 'aaaa\nbbbb\n'],
  ['a line is longer than the limit', 3, ['aaaa\n', 'bbbb\n'], 'bbbb\n', 'aaaa\n'],
  ['it happens twice', 6, ['aaaa\n', 'bbbb\n', 'cccc\n'], 'cccc\n', 'bbbb\n'],
])('the file is put aside when %s', (_, limit, lines, current, before) => {
  const file = logPath();
  const log = new LogFile(file, limit);
  for (const line of lines) log.write(line);
  expect([readFileSync(file, 'utf8'), readFileSync(`${file}.1`, 'utf8')]).toEqual([current, before]);
});

test('a file that somebody took away is made anew', () => {
  const file = logPath();
  const log = new LogFile(file, 6);
  log.write('aaaa\n');
  rmSync(file);
  log.write('bbbb\n');
  expect(readFileSync(file, 'utf8')).toBe('bbbb\n');
});

test('what cannot be written is counted and said later; nothing is thrown', () => {
  const file = logPath();
  mkdirSync(file, { recursive: true });
  const log = new LogFile(file);
  log.write('one\n');
  log.write('two\n');
  rmSync(file, { recursive: true });
  log.write('three\n');
  const [notice = '', third] = readFileSync(file, 'utf8').split('\n');
  expect([JSON.parse(notice).msg, third]).toEqual(['2 lines of the log were lost', 'three']);
});

import { appendFileSync, mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LogFile } from '../../src/base/log-file.ts';
import { followFile } from '../../src/cli/follow-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Follows a file until the test ends. `until` resolves with all lines once one of them is seen. */
function follow(file: string) {
  const end = new AbortController();
  const lines: string[] = [];
  let onLine = () => {};
  const show = (line: string) => {
    lines.push(line);
    onLine();
  };
  const following = followFile(file, show, end.signal);
  onTestFinished(async () => {
    end.abort();
    await following;
  });
  return async (line: string): Promise<string[]> => {
    while (!lines.includes(line))
      await new Promise<void>((resolve) => {
        onLine = resolve;
      });
    return lines;
  };
}

test('no line is missed when the file is put aside between two looks', async () => {
  const file = path.join(temporaryFolder(), 'daemon.log');
  const log = new LogFile(file, 30);
  log.write('long before: 12345678\n');
  const until = follow(file);
  // The first fits in, the second is the beginning of a new file.
  log.write('öld\n');
  log.write('new\n');
  expect(await until('new')).toEqual(['öld', 'new']);
});

test('a new file that has grown past the old one is read from its beginning', async () => {
  const file = path.join(temporaryFolder(), 'daemon.log');
  writeFileSync(file, 'before\n');
  const until = follow(file);
  appendFileSync(file, 'last\n');
  renameSync(file, `${file}.1`);
  writeFileSync(file, 'one\ntwo\nthree\nfour\nfive\n');
  expect(await until('five')).toEqual(['last', 'one', 'two', 'three', 'four', 'five']);
});

test('a file that does not exist yet is read once it does, and so is one in a folder that is made later', async () => {
  const folder = path.join(temporaryFolder(), 'logs');
  const until = follow(path.join(folder, 'daemon.log'));
  mkdirSync(folder);
  appendFileSync(path.join(folder, 'daemon.log'), 'first\n');
  expect(await until('first')).toEqual(['first']);
  appendFileSync(path.join(folder, 'daemon.log'), 'second\n');
  expect(await until('second')).toEqual(['first', 'second']);
});

test('a folder that is removed and made again is followed further', async () => {
  const folder = path.join(temporaryFolder(), 'logs');
  const file = path.join(folder, 'daemon.log');
  mkdirSync(folder);
  const until = follow(file);
  appendFileSync(file, 'old\n');
  await until('old');
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  appendFileSync(file, 'new\n');
  expect(await until('new')).toEqual(['old', 'new']);
});

test('a file that was emptied is read from its beginning', async () => {
  const file = path.join(temporaryFolder(), 'daemon.log');
  writeFileSync(file, 'a long line that is there already\n');
  const until = follow(file);
  truncateSync(file);
  appendFileSync(file, 'short\n');
  expect(await until('short')).toEqual(['short']);
});

test('characters and lines that arrive in pieces are put together', async () => {
  const file = path.join(temporaryFolder(), 'daemon.log');
  const until = follow(file);
  const bytes = Buffer.from('größe\nend\n');
  appendFileSync(file, bytes.subarray(0, 3));
  appendFileSync(file, bytes.subarray(3));
  expect(await until('end')).toEqual(['größe', 'end']);
});

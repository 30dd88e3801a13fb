import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LogFile } from '../../src/base/log-file.ts';
import { followFile } from '../../src/cli/follow-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('no line is missed when the file is put aside between two looks', async () => {
  const file = path.join(temporaryFolder(), 'daemon.log');
  const log = new LogFile(file, 30);
  log.write('long before: 12345678\n');
  const end = new AbortController();
  const seen: string[] = [];
  let onLast = () => {};
  const last = new Promise<void>((resolve) => {
    onLast = resolve;
  });
  const show = (line: string) => {
    seen.push(line);
    if (line === 'new') onLast();
  };
  const following = followFile(file, show, end.signal);
  onTestFinished(() => end.abort());
  // The first fits in, the second is the beginning of a new file.
  log.write('öld\n');
  log.write('new\n');
  await last;
  end.abort();
  await following;
  expect(seen).toEqual(['öld', 'new']);
});

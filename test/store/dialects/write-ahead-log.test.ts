import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WriteAheadLog } from '../../../src/store/dialects/write-ahead-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const database = () => path.join(temporaryFolder(), 'some.sqlite');

function open(file: string): WriteAheadLog {
  const log = new WriteAheadLog(file);
  onTestFinished(() => log.close());
  return log;
}

test('a log on a disk that works is flushed', async () => {
  const file = database();
  writeFileSync(`${file}-wal`, 'frames');
  const log = open(file);
  await log.sync();
  log.assertUsable();
  expect(log.trouble).toBeUndefined();
});

test.skipIf(process.platform === 'win32')(
  'after a flush that failed, nothing more may be written, with the reason of the system',
  async () => {
    const file = database();
    // The system does not flush pipes.
    execFileSync('mkfifo', [`${file}-wal`]);
    const log = open(file);
    const error = { code: 'DATABASE_UNCONFIRMED', status: 507, message: expect.stringContaining('EINVAL') };
    await expect(log.sync()).rejects.toMatchObject(error);
    expect(() => log.assertUsable()).toThrow(expect.objectContaining({ code: 'DATABASE_UNCONFIRMED' }));
    expect(log.trouble).toMatchObject(error);
    await expect(log.sync()).rejects.toMatchObject(error);
  },
);

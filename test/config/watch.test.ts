import { EventEmitter, once } from 'node:events';
import { linkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { watchFiles } from '../../src/config/watch.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

/** A folder that is watched, and how to save in it and await the report. */
async function watched() {
  const folder = temporaryFolder();
  const reports = new EventEmitter();
  const errors: unknown[] = [];
  writeFiles(folder, { 'bots/a.ts': '0' });
  const watch = await watchFiles(
    folder,
    [path.join(folder, 'bots')],
    (files) => reports.emit('report', files.map((file) => path.relative(folder, file)).sort()),
    (error) => errors.push(error),
  );
  onTestFinished(async () => {
    await watch.close();
    expect(errors).toEqual([]);
  });
  /** What is reported first after a change. */
  const after = async (change: () => void): Promise<string[]> => {
    const report = once(reports, 'report');
    change();
    const [files] = await report;
    return files;
  };
  return {
    folder,
    after,
    save: (name: string, text: string) => after(() => writeFiles(folder, { [name]: text })),
  };
}

test('a file that is saved again as soon as it was reported is reported again, every time', async () => {
  const { save } = await watched();
  for (let time = 1; time <= 8; time++) expect(await save('bots/a.ts', String(time))).toEqual(['bots/a.ts']);
});

test('files that are saved together are reported together', async () => {
  const { folder, after } = await watched();
  const both = () => writeFiles(folder, { 'bots/a.ts': '1', 'bots/b.ts': '1' });
  expect(await after(both)).toEqual(['bots/a.ts', 'bots/b.ts']);
});

test('a file that is removed, made again and removed is reported each time', async () => {
  const { folder, after, save } = await watched();
  const remove = () => after(() => rmSync(path.join(folder, 'bots/a.ts')));
  expect([await remove(), await save('bots/a.ts', '1'), await remove()]).toEqual(
    Array(3).fill(['bots/a.ts']),
  );
});

// Links need a right on Windows that few have.
test.skipIf(process.platform === 'win32')(
  'a file that has become a link is reported when a link on the way to its target is turned',
  async () => {
    const { folder, after } = await watched();
    const releases = temporaryFolder();
    // The same file in both, so that only where the link leads is another.
    writeFiles(releases, { '1/a.ts': '1', '2/b.ts': '' });
    linkSync(path.join(releases, '1/a.ts'), path.join(releases, '2/a.ts'));
    const turn = (link: string, target: string) => {
      symlinkSync(target, `${link}.new`);
      renameSync(`${link}.new`, link);
    };
    const current = path.join(releases, 'current');
    turn(current, path.join(releases, '1'));
    await after(() => turn(path.join(folder, 'bots/a.ts'), path.join(current, 'a.ts')));
    let reported: string[] = [];
    void after(() => {}).then((files) => {
      reported = files;
    });
    let release = 1;
    // More than once, because the new link must be found before.
    const turned = () => {
      release = 3 - release;
      turn(current, path.join(releases, String(release)));
      return reported;
    };
    await expect.poll(turned, { interval: 300, timeout: 10_000 }).toEqual(['bots/a.ts']);
  },
);

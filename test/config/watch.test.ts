import { EventEmitter, once } from 'node:events';
import { rmSync } from 'node:fs';
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

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findWorkspace } from '../../../src/config/workspace.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
import { changeDatabase } from '../../support/stores.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';
import { commitsIn } from '../../support/write-ahead-log.ts';

const config = "export default { bots: { enabled: true, concurrency: 1, isolation: 'none' } };";
const answering = exactBot(
  'Act',
  'hi',
  "await this.composer().message('one'); await this.composer().reaction(this.message, '👋'); await this.composer().message('two');",
);

/** Opens the group of a folder, where it answers what is left to be answered. */
const openGroup = (folder: string): Promise<TestGroup> => TestGroup.in(folder, 'Lounge');

function makeFolder(handler = answering): string {
  const folder = temporaryFolder();
  writeFiles(folder, { 'messenger.config.mjs': config, 'bots/Act.ts': handler });
  return folder;
}

/** A copy of a workspace whose log was cut, in which no process runs any more. */
async function copyCut(log: Buffer, database: string, end: number): Promise<string> {
  const folder = makeFolder();
  const copy = findWorkspace(folder).database;
  writeFiles(folder, { '.messenger/keep': '' });
  copyFileSync(database, copy);
  writeFileSync(`${copy}-wal`, log.subarray(0, end));
  await changeDatabase(
    copy,
    (opened) => void opened.exec("update jobs set lease_owner = 'gone' where lease_owner <> ''"),
  );
  return folder;
}

test('a message is answered once, whichever of its commits the disk did not get', async () => {
  const testGroup = await openGroup(makeFolder());
  await testGroup.attach('act');
  const { database } = testGroup.workspace;
  const accepted = commitsIn(readFileSync(`${database}-wal`)).length + 1;
  await testGroup.say('Ada', 'hi');
  const answered = await testGroup.written();
  const log = readFileSync(`${database}-wal`);
  const cuts = commitsIn(log).slice(accepted - 1);
  expect(cuts.length).toBeGreaterThan(4);
  for (const [number, end] of cuts.entries()) {
    const again = await openGroup(await copyCut(log, database, end));
    await again.app.queue.idle();
    const written = await again.written();
    expect([number, written]).toEqual([number, answered]);
    await again.app.close();
  }
});

test('a message and its answer of one line take five commits', async () => {
  const testGroup = await openGroup(makeFolder(exactBot('Act', 'hi', posting("'hello'"))));
  await testGroup.attach('act');
  await testGroup.say('Ada', 'what else');
  const log = `${testGroup.workspace.database}-wal`;
  const before = commitsIn(readFileSync(log)).length;
  await testGroup.say('Ada', 'hi');
  // The message and its job; the claim; the run; the answer; the end of the run and of the job.
  expect(commitsIn(readFileSync(log)).length - before).toBe(5);
});

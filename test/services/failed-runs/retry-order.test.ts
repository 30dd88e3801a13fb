import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openApp } from '../../../src/app.ts';
import { retryAllRuns, retryRun } from '../../../src/services/failed-runs/retry-run.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
import { openLatch, waitingAtLatch } from '../../support/latch.ts';
import { TestGroup } from '../../support/test-group.ts';

const bodies = ['one', 'two', 'three', 'four', 'five', 'six'];

/** Fails until a file is there; notes when it begins and when it ends, for a while in which others could begin. */
const mended = `
  const fs = await import('node:fs');
  if (!fs.existsSync(new URL('../mended', import.meta.url))) throw new Error('Broken.');
  await this.composer().message('begins ' + this.message.body);
  await new Promise((resolve) => setTimeout(resolve, 40 - 6 * this.message.body.length));
  await this.composer().message('ends ' + this.message.body);`;

const handler = (members = '') => exactBot('Act', 'hi', mended, { members, settings: "match: 'any'" });

const answers = bodies.flatMap((body) => [`begins ${body}`, `ends ${body}`]);

/** Six messages of a group whose answers have all failed, last failed first. */
async function open(): Promise<TestGroup> {
  const testGroup = await TestGroup.alone({ 'Act.ts': handler() }, { concurrency: 4 });
  await testGroup.attach('act');
  for (const body of bodies) await testGroup.send('Ada', body);
  await testGroup.app.queue.idle();
  for (const [place, id] of (await testGroup.app.store.failedRuns.ids()).entries()) {
    await testGroup.change(`update runs set finished_at = ? where id = ?`, `20${20 - place}`, id);
  }
  writeFileSync(`${testGroup.workspace.folder}/mended`, '');
  return testGroup;
}

const written = async (testGroup: TestGroup) =>
  (await testGroup.texts()).filter(({ owner }) => owner.type === 'bot').map(({ body }) => body);

test('all failed runs of a group are retried one at a time, in the order of their messages', async () => {
  const testGroup = await open();
  await retryAllRuns(testGroup.app);
  await testGroup.app.queue.idle();
  expect(await written(testGroup)).toEqual(answers);
});

test('so are those that are asked for one by one, last one first', async () => {
  const testGroup = await open();
  const { workspace, clock } = testGroup;
  await testGroup.app.close();
  // Asked for while nobody works the queue.
  const idle = await openApp({ workspace, clock });
  for (const id of (await idle.store.failedRuns.ids()).toReversed()) await retryRun(idle, id);
  await idle.close();
  await testGroup.restart();
  await testGroup.app.queue.idle();
  expect(await written(testGroup)).toEqual(answers);
});

test('so are those that a restart interrupts', async () => {
  const testGroup = await open();
  const begun = testGroup.next('NewMessage');
  await retryAllRuns(testGroup.app);
  await begun;
  await testGroup.restart();
  await testGroup.app.queue.idle();
  expect(await written(testGroup)).toEqual(answers);
});

test('new messages of the group do not wait for a retry that takes long', async () => {
  const slow = `const fs = await import('node:fs');
    if (!fs.existsSync(new URL('../mended', import.meta.url))) throw new Error('Broken.');
    ${waitingAtLatch('slow retry')} ${posting("'done'")}`;
  const bots = {
    'Slow.ts': exactBot('Slow', 'slow', slow),
    'Echo.ts': exactBot('Echo', 'new', posting("'re new'")),
  };
  const testGroup = await TestGroup.alone(bots, { concurrency: 4 });
  await testGroup.attach('slow');
  await testGroup.attach('echo');
  await testGroup.send('Ada', 'slow');
  await testGroup.app.queue.idle();
  writeFileSync(`${testGroup.workspace.folder}/mended`, '');
  const waiting = testGroup.next('NewMessage');
  await retryAllRuns(testGroup.app);
  await waiting;
  const handled = testGroup.next('BotActionHandled');
  await testGroup.send('Ada', 'new');
  expect((await handled).action.handler).toBe('echo');
  openLatch('slow retry');
  await testGroup.app.queue.idle();
  expect(await written(testGroup)).toEqual(['waiting', 're new', 'done']);
});

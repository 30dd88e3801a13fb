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
  const story = await TestGroup.alone({ 'Act.ts': handler() }, { concurrency: 4 });
  await story.attach('act');
  for (const body of bodies) await story.send('Ada', body);
  await story.app.queue.idle();
  for (const [place, id] of (await story.app.store.failedRuns.ids()).entries()) {
    story.change(`update runs set finished_at = ? where id = ?`, `20${20 - place}`, id);
  }
  writeFileSync(`${story.workspace.folder}/mended`, '');
  return story;
}

const written = async (story: TestGroup) =>
  (await story.texts()).filter(({ owner }) => owner.type === 'bot').map(({ body }) => body);

test('all failed runs of a group are retried one at a time, in the order of their messages', async () => {
  const story = await open();
  await retryAllRuns(story.app);
  await story.app.queue.idle();
  expect(await written(story)).toEqual(answers);
});

test('so are those that are asked for one by one, last one first', async () => {
  const story = await open();
  const { workspace, clock } = story;
  await story.app.close();
  // Asked for while nobody works the queue.
  const idle = await openApp({ workspace, clock });
  for (const id of (await idle.store.failedRuns.ids()).toReversed()) await retryRun(idle, id);
  await idle.close();
  await story.restart();
  await story.app.queue.idle();
  expect(await written(story)).toEqual(answers);
});

test('so are those that a restart interrupts', async () => {
  const story = await open();
  const begun = story.next('NewMessage');
  await retryAllRuns(story.app);
  await begun;
  await story.restart();
  await story.app.queue.idle();
  expect(await written(story)).toEqual(answers);
});

test('new messages of the group do not wait for a retry that takes long', async () => {
  const slow = `const fs = await import('node:fs');
    if (!fs.existsSync(new URL('../mended', import.meta.url))) throw new Error('Broken.');
    ${waitingAtLatch('slow retry')} ${posting("'done'")}`;
  const bots = {
    'Slow.ts': exactBot('Slow', 'slow', slow),
    'Echo.ts': exactBot('Echo', 'new', posting("'re new'")),
  };
  const story = await TestGroup.alone(bots, { concurrency: 4 });
  await story.attach('slow');
  await story.attach('echo');
  await story.send('Ada', 'slow');
  await story.app.queue.idle();
  writeFileSync(`${story.workspace.folder}/mended`, '');
  const waiting = story.next('NewMessage');
  await retryAllRuns(story.app);
  await waiting;
  const handled = story.next('BotActionHandled');
  await story.send('Ada', 'new');
  expect((await handled).action.handler).toBe('echo');
  openLatch('slow retry');
  await story.app.queue.idle();
  expect(await written(story)).toEqual(['waiting', 're new', 'done']);
});

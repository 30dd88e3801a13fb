import { expect, test } from 'vitest';
import { attachHandler } from '../../../src/services/bots/playground.ts';
import { sendMessage } from '../../../src/services/messages/send-message.ts';
import { ensureGroup } from '../../../src/services/users/people.ts';
import { botSource, exactBot, posting } from '../../support/bot-source.ts';
import { openLatch, waitingAtLatch } from '../../support/latch.ts';
import { TestGroup } from '../../support/test-group.ts';

const echo = botSource('Echo', posting("'re ' + this.message.body"), { settings: "match: 'any'" });

/** Resolves when somebody has written this. */
async function heard(testGroup: TestGroup, body: string): Promise<void> {
  for (;;) {
    const { message } = await testGroup.next('NewMessage');
    if (message.body === body) return;
  }
}

/** A group in which a slow bot is answering Ada, before an echo that answers every message. */
async function withSlowAnswer(handle: string): Promise<TestGroup> {
  const testGroup = await TestGroup.alone({ 'Slow.ts': exactBot('Slow', 'slow', handle), 'Echo.ts': echo });
  await testGroup.attach('slow');
  await testGroup.attach('echo');
  const waiting = heard(testGroup, 'waiting');
  await testGroup.send('Ada', 'slow');
  await waiting;
  return testGroup;
}

test('messages of one thread are answered one after the other, in the order in which they were stored', async () => {
  const testGroup = await TestGroup.open({ 'Echo.ts': echo }, { concurrency: 4 });
  await testGroup.attach('echo');
  const bodies = Array.from({ length: 12 }, (_, place) => `message ${place}`);
  for (const body of bodies) await testGroup.send(`Person ${body.length}`, body);
  await testGroup.app.queue.idle();
  const answers = (await testGroup.texts()).filter(({ owner }) => owner.type === 'bot');
  expect(answers.map(({ body }) => body)).toEqual(bodies.map((body) => `re ${body}`));
});

test('a later message waits for a slow answer in its thread', async () => {
  const testGroup = await withSlowAnswer(`${waitingAtLatch('order')} ${posting("'slow done'")}`);
  await testGroup.send('Bob', 'next');
  openLatch('order');
  await testGroup.app.queue.idle();
  expect(await testGroup.written()).toEqual([
    'Ada: slow',
    'LoungeBot: waiting',
    'Bob: next',
    'LoungeBot: slow done',
    'LoungeBot: re slow',
    'LoungeBot: re next',
  ]);
});

test('another thread does not wait for it', async () => {
  const bots = {
    'Slow.ts': exactBot('Slow', 'slow', `${waitingAtLatch('threads')} ${posting("'slow done'")}`),
    'Echo.ts': echo,
  };
  const testGroup = await TestGroup.open(bots, { concurrency: 2 });
  await testGroup.attach('slow');
  const other = await ensureGroup(testGroup.app, 'Garden', { chatBots: true });
  const ada = await testGroup.person('Ada', other);
  await attachHandler(testGroup.app, { thread: other, user: ada, handler: 'echo', params: {} });

  const waiting = heard(testGroup, 'waiting');
  await testGroup.send('Ada', 'slow');
  await waiting;
  const answered = heard(testGroup, 're quick');
  await sendMessage(testGroup.app, { threadId: other.id, sender: ada, outgoing: { body: 'quick' } });
  await answered;
  expect(await testGroup.written()).toEqual(['Ada: slow', 'LoungeBot: waiting']);
  openLatch('threads');
  await testGroup.app.queue.idle();
  expect(await testGroup.written()).toContain('LoungeBot: slow done');
});

test('a message that is removed while it waits for its turn is not answered', async () => {
  const testGroup = await withSlowAnswer(waitingAtLatch('removed'));
  const removed = await testGroup.send('Bob', 'oops');
  await testGroup.send('Bob', 'next');
  await testGroup.change(
    'update messages set archived_at = ? where id = ?',
    testGroup.clock.now(),
    removed.id,
  );
  openLatch('removed');
  await testGroup.app.queue.idle();
  expect(await testGroup.written()).toEqual([
    'Ada: slow',
    'LoungeBot: waiting',
    'Bob: next',
    'LoungeBot: re slow',
    'LoungeBot: re next',
  ]);
});

test('an action that is attached while a message waits answers it', async () => {
  const bots = { 'Slow.ts': exactBot('Slow', 'slow', waitingAtLatch('attached')), 'Echo.ts': echo };
  const testGroup = await TestGroup.open(bots, { concurrency: 2 });
  await testGroup.attach('slow');
  const waiting = heard(testGroup, 'waiting');
  await testGroup.send('Ada', 'slow');
  await waiting;
  await testGroup.send('Bob', 'next');
  await testGroup.attach('echo');
  openLatch('attached');
  await testGroup.app.queue.idle();
  expect((await testGroup.written()).at(-1)).toBe('LoungeBot: re next');
});

test('closing lets what runs end, and leaves the rest for the next start', async () => {
  const testGroup = await withSlowAnswer(`${waitingAtLatch('closing')} ${posting("'slow done'")}`);
  await testGroup.send('Bob', 'next');
  const restarted = testGroup.restart();
  openLatch('closing');
  await restarted;
  await testGroup.app.queue.idle();
  expect(await testGroup.written()).toEqual([
    'Ada: slow',
    'LoungeBot: waiting',
    'Bob: next',
    'LoungeBot: slow done',
    'LoungeBot: re slow',
    'LoungeBot: re next',
  ]);
});

import { expect, test } from 'vitest';
import { attachHandler } from '../../../src/services/bots/playground.ts';
import { sendMessage } from '../../../src/services/messages/send-message.ts';
import { ensureGroup } from '../../../src/services/users/people.ts';
import { botSource, exactBot, posting } from '../../support/bot-source.ts';
import { openLatch, waitingAtLatch } from '../../support/latch.ts';
import { TestGroup } from '../../support/test-group.ts';

const echo = botSource('Echo', posting("'re ' + this.message.body"), { settings: "match: 'any'" });

/** Resolves when somebody has written this. */
async function heard(story: TestGroup, body: string): Promise<void> {
  for (;;) {
    const { message } = await story.next('NewMessage');
    if (message.body === body) return;
  }
}

/** A group in which a slow bot is answering Ada, before an echo that answers every message. */
async function withSlowAnswer(handle: string): Promise<TestGroup> {
  const story = await TestGroup.alone({ 'Slow.ts': exactBot('Slow', 'slow', handle), 'Echo.ts': echo });
  await story.attach('slow');
  await story.attach('echo');
  const waiting = heard(story, 'waiting');
  await story.send('Ada', 'slow');
  await waiting;
  return story;
}

test('messages of one thread are answered one after the other, in the order in which they were stored', async () => {
  const story = await TestGroup.open({ 'Echo.ts': echo }, { concurrency: 4 });
  await story.attach('echo');
  const bodies = Array.from({ length: 12 }, (_, place) => `message ${place}`);
  for (const body of bodies) await story.send(`Person ${body.length}`, body);
  await story.app.queue.idle();
  const answers = (await story.texts()).filter(({ owner }) => owner.type === 'bot');
  expect(answers.map(({ body }) => body)).toEqual(bodies.map((body) => `re ${body}`));
});

test('a later message waits for a slow answer in its thread', async () => {
  const story = await withSlowAnswer(`${waitingAtLatch('order')} ${posting("'slow done'")}`);
  await story.send('Bob', 'next');
  openLatch('order');
  await story.app.queue.idle();
  expect(await story.written()).toEqual([
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
  const story = await TestGroup.open(bots, { concurrency: 2 });
  await story.attach('slow');
  const other = await ensureGroup(story.app, 'Garden', { chatBots: true });
  const ada = await story.person('Ada', other);
  await attachHandler(story.app, { thread: other, user: ada, handler: 'echo', params: {} });

  const waiting = heard(story, 'waiting');
  await story.send('Ada', 'slow');
  await waiting;
  const answered = heard(story, 're quick');
  await sendMessage(story.app, { threadId: other.id, sender: ada, outgoing: { body: 'quick' } });
  await answered;
  expect(await story.written()).toEqual(['Ada: slow', 'LoungeBot: waiting']);
  openLatch('threads');
  await story.app.queue.idle();
  expect(await story.written()).toContain('LoungeBot: slow done');
});

test('a message that is removed while it waits for its turn is not answered', async () => {
  const story = await withSlowAnswer(waitingAtLatch('removed'));
  const removed = await story.send('Bob', 'oops');
  await story.send('Bob', 'next');
  story.change('update messages set archived_at = ? where id = ?', story.clock.now(), removed.id);
  openLatch('removed');
  await story.app.queue.idle();
  expect(await story.written()).toEqual([
    'Ada: slow',
    'LoungeBot: waiting',
    'Bob: next',
    'LoungeBot: re slow',
    'LoungeBot: re next',
  ]);
});

test('an action that is attached while a message waits answers it', async () => {
  const bots = { 'Slow.ts': exactBot('Slow', 'slow', waitingAtLatch('attached')), 'Echo.ts': echo };
  const story = await TestGroup.open(bots, { concurrency: 2 });
  await story.attach('slow');
  const waiting = heard(story, 'waiting');
  await story.send('Ada', 'slow');
  await waiting;
  await story.send('Bob', 'next');
  await story.attach('echo');
  openLatch('attached');
  await story.app.queue.idle();
  expect((await story.written()).at(-1)).toBe('LoungeBot: re next');
});

test('closing lets what runs end, and leaves the rest for the next start', async () => {
  const story = await withSlowAnswer(`${waitingAtLatch('closing')} ${posting("'slow done'")}`);
  await story.send('Bob', 'next');
  const restarted = story.restart();
  openLatch('closing');
  await restarted;
  await story.app.queue.idle();
  expect(await story.written()).toEqual([
    'Ada: slow',
    'LoungeBot: waiting',
    'Bob: next',
    'LoungeBot: slow done',
    'LoungeBot: re slow',
    'LoungeBot: re next',
  ]);
});

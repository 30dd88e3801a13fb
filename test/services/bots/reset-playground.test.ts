import { expect, test } from 'vitest';
import { openPlayground } from '../../../src/services/bots/playground.ts';
import { resetPlayground } from '../../../src/services/bots/reset-playground.ts';
import { sendMessage } from '../../../src/services/messages/send-message.ts';
import { ensureParticipant, ensureUser } from '../../../src/services/users/people.ts';
import { helloBot } from '../../support/handlers.ts';
import { TestGroup } from '../../support/test-group.ts';

test('the playground is empty again, with the same people and the handlers of the workspace', async () => {
  const { app } = await TestGroup.alone({ 'HelloBot.ts': helloBot });
  const { store } = app;
  const { thread, owner, attached } = await openPlayground(app, 'Ada');
  const bob = await ensureUser(app, 'Bob');
  const carol = await ensureUser(app, 'Carol');
  await ensureParticipant(app, { thread, user: bob, admin: true });
  await ensureParticipant(app, { thread, user: carol, admin: false });
  const [bot] = attached;
  if (bot) for (const { id } of bot.actions) await store.bots.removeAction(id);
  await sendMessage(app, { threadId: thread.id, sender: owner, outgoing: { body: 'old' } });

  const { thread: fresh } = await resetPlayground(app, 'Bob');

  expect(fresh.subject).toBe(thread.subject);
  expect((await store.threads.find(thread.id))?.archivedAt).not.toBe(null);
  const texts = (await store.messages.newest(fresh.id, 50)).map(({ body }) => body);
  expect(texts).not.toContain('old');
  const people = await store.participants.inThread(fresh.id);
  expect(people.map(({ name, participant }) => [name, participant.admin]).sort()).toEqual([
    ['Ada', true],
    ['Bob', true],
    ['Carol', false],
  ]);
  const bots = await store.bots.inThread(fresh.id);
  expect(bots.flatMap(({ actions }) => actions.map(({ handler }) => handler))).toEqual(['hello']);
});

test('somebody who is new to the playground may empty it, too, and other groups stay', async () => {
  const { app, thread: other } = await TestGroup.alone({ 'HelloBot.ts': helloBot });
  const { thread } = await openPlayground(app, 'Ada');
  const { thread: fresh } = await resetPlayground(app, 'Grace');
  expect(fresh.id).not.toBe(thread.id);
  expect((await app.store.threads.find(other.id))?.archivedAt).toBe(null);
});

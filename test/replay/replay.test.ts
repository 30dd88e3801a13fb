import { expect, test } from 'vitest';
import { replay } from '../../src/replay/replay.ts';
import { differenceText } from '../../src/simulate/replay-difference.ts';
import { exactBot, posting } from '../support/bot-source.ts';
import { Reloading, saying } from '../support/reloading.ts';

const never = new AbortController().signal;

/** What a replay in the group shows. */
async function differenceIn({ testGroup }: Reloading, range: [string, string] | null = null) {
  const { app, thread } = testGroup;
  return differenceText(await replay(app, { threadId: thread.id, range }, never));
}

test('what a saved handler answers now stands beside what it answered before', async () => {
  const reloading = await Reloading.open({ 'Echo.ts': saying('one') });
  await reloading.say();
  expect(await differenceIn(reloading)).toBe('Ada: hi\n  LoungeBot says: one');
  await reloading.reload({ 'bots/Echo.ts': saying('two') });
  expect(await differenceIn(reloading)).toBe('Ada: hi\n- LoungeBot says: one\n+ LoungeBot says: two');
});

test('the group itself stays as it is', async () => {
  const reloading = await Reloading.open({ 'Echo.ts': saying('one') });
  await reloading.say();
  const { app, thread } = reloading.testGroup;
  const before = await app.store.messages.newest(thread.id, 50);
  await differenceIn(reloading);
  await differenceIn(reloading);
  expect(await app.store.messages.newest(thread.id, 50)).toEqual(before);
  expect(await app.store.threads.find(thread.id)).toMatchObject({ archivedAt: null });
});

test('a cooldown that the message began does not silence the replay', async () => {
  const { testGroup, ...others } = await Reloading.open({ 'Echo.ts': saying('one') }, []);
  await testGroup.attach('echo', { cooldown: 900 });
  await testGroup.say('Ada', 'hi');
  const reloading = Object.assign(new Reloading(testGroup), others);
  expect(await differenceIn(reloading)).toBe('Ada: hi\n  LoungeBot says: one');
});

test('an error and another verdict are part of the difference', async () => {
  const reloading = await Reloading.open({ 'Echo.ts': saying('one') });
  await reloading.say();
  await reloading.reload({ 'bots/Echo.ts': exactBot('Echo', 'hi', "throw new Error('out of coffee');") });
  expect(await differenceIn(reloading)).toContain('+ LoungeBot fails: out of coffee');
});

test('all messages of people between two are sent again, in their order', async () => {
  const reloading = await Reloading.open({
    'Echo.ts': exactBot('Echo', 'hi', posting('this.message.owner.name')),
  });
  const { testGroup } = reloading;
  await testGroup.say('Ada', 'hi');
  await testGroup.say('Bob', 'hi');
  await testGroup.say('Carol', 'hi');
  const { app, thread } = testGroup;
  const said = (await app.store.messages.newest(thread.id, 50)).filter(({ body }) => body === 'hi');
  const [carol, , ada] = said;
  expect(await differenceIn(reloading, [carol?.id ?? '', ada?.id ?? ''])).toBe(
    'Ada: hi\n  LoungeBot says: Ada\nBob: hi\n  LoungeBot says: Bob\nCarol: hi\n  LoungeBot says: Carol',
  );
});

test('a group in which nobody said anything has nothing to replay', async () => {
  const { testGroup } = await Reloading.open({ 'Echo.ts': saying('one') });
  const { messages } = await replay(testGroup.app, { threadId: testGroup.thread.id, range: null }, never);
  expect(messages).toEqual([]);
});

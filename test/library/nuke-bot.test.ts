import { expect, test, vi } from 'vitest';
import { messageTypes } from '../../src/domain/message.ts';
import { sendMessage } from '../../src/services/messages/send-message.ts';
import { ensureGroup } from '../../src/services/users/people.ts';
import { exactBot } from '../support/bot-source.ts';
import { openLatch, waitingAtLatch } from '../support/latch.ts';
import { putMessages } from '../support/put-messages.ts';
import { rowsOf } from '../support/stores.ts';
import { TestGroup } from '../support/test-group.ts';

const hint = 'Give me a number from 5 to 100, like [ !nuke 25 ].';
const numbered = (count: number) => Array.from({ length: count }, (_, index) => ({ body: `${index + 1}` }));

/** A group with so many numbered messages. */
async function groupWith(
  count: number,
  params: Record<string, unknown> = {},
  open = TestGroup.open,
): Promise<TestGroup> {
  const testGroup = await open({});
  await testGroup.attach('nuke', params);
  await putMessages(testGroup, numbered(count));
  return testGroup;
}

const left = async (testGroup: TestGroup) => (await testGroup.texts()).map(({ body }) => body);

test.each([
  ['!nuke', 15],
  ['!NUKE 5', 5],
  ['!nuke  100 ', 100],
  ['!nuke 007', 7],
])('"%s" archives itself and what was before it, %d messages, then posts a bomb', async (body, count) => {
  const testGroup = await groupWith(102);
  const archived = testGroup.collect('MessageArchived');
  expect(await testGroup.watch('Ada', body)).toEqual(['says 💣', 'handled nuke']);
  expect(archived).toHaveLength(count);
  const remaining = numbered(102 - (count - 1)).map((message) => message.body);
  expect(await left(testGroup)).toEqual([...remaining, '💣']);
});

test.each(['4', '101', '0', '-5', '+5', '5.5', '1e1', '0x10', 'all', '10 20', '٥', '99999999999999999999'])(
  '"!nuke %s" archives nothing: it says what it takes, and does not rest',
  async (words) => {
    const testGroup = await groupWith(6, { cooldown: 60 });
    expect(await testGroup.say('Ada', `!nuke ${words}`)).toEqual([hint]);
    expect(await left(testGroup)).toHaveLength(8);
    expect(await testGroup.say('Ada', '!nuke 5')).toEqual(['💣']);
    expect(await testGroup.say('Ada', '!nuke')).toEqual([]);
  },
);

test('what the system wrote stays and is not counted, and files go as texts do', async () => {
  const testGroup = await groupWith(2, {}, TestGroup.alone);
  await putMessages(testGroup, [{ type: messageTypes.DOCUMENT_MESSAGE, body: 'a.pdf' }]);
  // More than two pages of them.
  await putMessages(testGroup, Array(230).fill({ type: messageTypes.PARTICIPANT_JOINED_WITH_INVITE }));
  await putMessages(testGroup, [{ body: 'last' }]);
  const systemMessages = 'select id from messages where type >= 88 and archived_at is null';
  const before = rowsOf(testGroup.workspace.database, systemMessages);
  await testGroup.say('Ada', '!nuke 5');
  expect(await left(testGroup)).toEqual(['💣']);
  expect(rowsOf(testGroup.workspace.database, systemMessages)).toEqual(before);
  const gone = rowsOf(
    testGroup.workspace.database,
    'select body from messages where archived_at is not null',
  );
  expect(gone).toMatchObject(['1', '2', 'a.pdf', 'last', '!nuke 5'].map((body) => ({ body })));
});

test('a group with less than that is emptied, and other groups are left alone', async () => {
  const testGroup = await groupWith(3);
  const other = await ensureGroup(testGroup.app, 'Other', { chatBots: true });
  await sendMessage(testGroup.app, {
    threadId: other.id,
    sender: await testGroup.person('Ada', other),
    outgoing: { body: 'elsewhere' },
  });
  await testGroup.say('Ada', '!nuke 100');
  expect(await left(testGroup)).toEqual(['💣']);
  expect(await testGroup.app.store.messages.newest(other.id, 5)).toMatchObject([{ body: 'elsewhere' }]);
});

test('what was written after it, before its turn, stays', async () => {
  const testGroup = await TestGroup.open({ 'Wait.ts': exactBot('Wait', 'wait', waitingAtLatch('nuke')) });
  await testGroup.attach('wait');
  await testGroup.attach('nuke');
  await putMessages(testGroup, numbered(10));
  await testGroup.send('Ada', 'wait');
  await vi.waitFor(async () => expect(await left(testGroup)).toContain('waiting'), 10_000);
  await testGroup.send('Ada', '!nuke 5');
  await testGroup.send('Bob', 'later');
  openLatch('nuke');
  await testGroup.app.queue.idle();
  expect(await left(testGroup)).toEqual([...numbered(8).map(({ body }) => body), 'later', '💣']);
});

test('all goes in one step of its run', async () => {
  const testGroup = await groupWith(20, {}, TestGroup.alone);
  await testGroup.say('Ada', '!nuke 20');
  const steps = rowsOf(testGroup.workspace.database, 'select kind from effects order by step');
  expect(steps).toEqual([{ kind: 'archive' }, { kind: 'message' }]);
});

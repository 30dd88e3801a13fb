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
  const story = await open({});
  await story.attach('nuke', params);
  await putMessages(story, numbered(count));
  return story;
}

const left = async (story: TestGroup) => (await story.texts()).map(({ body }) => body);

test.each([
  ['!nuke', 15],
  ['!NUKE 5', 5],
  ['!nuke  100 ', 100],
  ['!nuke 007', 7],
])('"%s" archives itself and what was before it, %d messages, then posts a bomb', async (body, count) => {
  const story = await groupWith(102);
  const archived = story.collect('MessageArchived');
  expect(await story.watch('Ada', body)).toEqual(['says 💣', 'handled nuke']);
  expect(archived).toHaveLength(count);
  const remaining = numbered(102 - (count - 1)).map((message) => message.body);
  expect(await left(story)).toEqual([...remaining, '💣']);
});

test.each(['4', '101', '0', '-5', '+5', '5.5', '1e1', '0x10', 'all', '10 20', '٥', '99999999999999999999'])(
  '"!nuke %s" archives nothing: it says what it takes, and does not rest',
  async (words) => {
    const story = await groupWith(6, { cooldown: 60 });
    expect(await story.say('Ada', `!nuke ${words}`)).toEqual([hint]);
    expect(await left(story)).toHaveLength(8);
    expect(await story.say('Ada', '!nuke 5')).toEqual(['💣']);
    expect(await story.say('Ada', '!nuke')).toEqual([]);
  },
);

test('what the system wrote stays and is not counted, and files go as texts do', async () => {
  const story = await groupWith(2, {}, TestGroup.alone);
  await putMessages(story, [{ type: messageTypes.DOCUMENT_MESSAGE, body: 'a.pdf' }]);
  // More than two pages of them.
  await putMessages(story, Array(230).fill({ type: messageTypes.PARTICIPANT_JOINED_WITH_INVITE }));
  await putMessages(story, [{ body: 'last' }]);
  const systemMessages = 'select id from messages where type >= 88 and archived_at is null';
  const before = rowsOf(story.workspace.database, systemMessages);
  await story.say('Ada', '!nuke 5');
  expect(await left(story)).toEqual(['💣']);
  expect(rowsOf(story.workspace.database, systemMessages)).toEqual(before);
  const gone = rowsOf(story.workspace.database, 'select body from messages where archived_at is not null');
  expect(gone).toMatchObject(['1', '2', 'a.pdf', 'last', '!nuke 5'].map((body) => ({ body })));
});

test('a group with less than that is emptied, and other groups are left alone', async () => {
  const story = await groupWith(3);
  const other = await ensureGroup(story.app, 'Other', { chatBots: true });
  await sendMessage(story.app, {
    threadId: other.id,
    sender: await story.person('Ada', other),
    outgoing: { body: 'elsewhere' },
  });
  await story.say('Ada', '!nuke 100');
  expect(await left(story)).toEqual(['💣']);
  expect(await story.app.store.messages.newest(other.id, 5)).toMatchObject([{ body: 'elsewhere' }]);
});

test('what was written after it, before its turn, stays', async () => {
  const story = await TestGroup.open({ 'Wait.ts': exactBot('Wait', 'wait', waitingAtLatch('nuke')) });
  await story.attach('wait');
  await story.attach('nuke');
  await putMessages(story, numbered(10));
  await story.send('Ada', 'wait');
  await vi.waitFor(async () => expect(await left(story)).toContain('waiting'), 10_000);
  await story.send('Ada', '!nuke 5');
  await story.send('Bob', 'later');
  openLatch('nuke');
  await story.app.queue.idle();
  expect(await left(story)).toEqual([...numbered(8).map(({ body }) => body), 'later', '💣']);
});

test('all goes in one step of its run', async () => {
  const story = await groupWith(20, {}, TestGroup.alone);
  await story.say('Ada', '!nuke 20');
  const steps = rowsOf(story.workspace.database, 'select kind from effects order by step');
  expect(steps).toEqual([{ kind: 'archive' }, { kind: 'message' }]);
});

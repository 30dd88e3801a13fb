import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { Audience } from '../../../src/http/realtime/audience.ts';
import { EventLines, type WrittenBroadcast } from '../../../src/http/realtime/event-lines.ts';

const ada = { threadId: 'thread', userId: 'ada', credential: undefined, backlog: () => 0 };
const news = (data: unknown, audience: Audience = { to: 'all' }): WrittenBroadcast => ({
  audience,
  event: 'new.message',
  json: JSON.stringify(data),
});

test.each<[string, Audience, boolean]>([
  ['the whole thread', { to: 'all' }, true],
  ['all but another', { to: 'all', but: 'bob' }, true],
  ['all but this one', { to: 'all', but: 'ada' }, false],
  ['whoever looks at the thread', { to: 'presence' }, true],
  ['this one', { to: 'people', userIds: ['ada'] }, true],
  ['another', { to: 'listeners', userIds: ['bob'] }, false],
])('what is for %s', (_, audience, isHeard) => {
  const eventLines = new EventLines();
  const stream = eventLines.open(ada);
  stream.read();
  eventLines.publish('thread', news('hello', audience));
  expect(String(stream.read()).includes('data: "hello"')).toBe(isHeard);
});

test('a stream has nothing of another thread', () => {
  const eventLines = new EventLines();
  const stream = eventLines.open(ada);
  stream.read();
  eventLines.publish('other', news('hello'));
  expect(stream.read()).toBeNull();
});

test('lines in the data do not end an event', () => {
  const eventLines = new EventLines();
  const stream = eventLines.open(ada);
  stream.read();
  eventLines.publish('thread', news('one\n\ndata: two'));
  expect(String(stream.read()).split('\n')).toHaveLength(5);
});

test('a reader that does not read is cut', async () => {
  const eventLines = new EventLines();
  const slow = eventLines.open(ada);
  const closed = once(slow, 'close');
  const large = news('x'.repeat(100_000));
  for (let count = 0; count < 20; count += 1) eventLines.publish('thread', large);
  await closed;
  expect(eventLines.hasReaders).toBe(false);
});

test.each([
  ['takes something between two beats', [10, 0, 10], true],
  ['takes nothing from one beat to the next', [0, 10, 10], false],
])('a reader that %s', (_, backlogs, isKept) => {
  const eventLines = new EventLines();
  const waiting = [...backlogs];
  const stream = eventLines.open({ ...ada, backlog: () => waiting.shift() ?? 0 });
  for (const _beat of backlogs) {
    stream.read();
    eventLines.beat();
  }
  expect(stream.destroyed).toBe(!isKept);
});

test('a reader that goes is forgotten', async () => {
  const eventLines = new EventLines();
  const stream = eventLines.open(ada);
  stream.destroy();
  await once(stream, 'close');
  expect(eventLines.hasReaders).toBe(false);
});

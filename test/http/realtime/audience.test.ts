import { expect, test } from 'vitest';
import { personChannel, personOf, readChannel, threadChannel } from '../../../src/http/realtime/audience.ts';

test.each<[string, ReturnType<typeof readChannel>]>([
  [personChannel('0193a1b2-ab_C'), { userId: '0193a1b2-ab_C' }],
  [threadChannel('0193a1b2-ab_C'), { threadId: '0193a1b2-ab_C' }],
  ['private-messenger.user.', undefined],
  ['private-messenger.user.a.b', undefined],
  ['private-messenger.user.a\n', undefined],
  ['presence-messenger.user.a', undefined],
  ['private-messenger.thread.a', undefined],
  ['xprivate-messenger.user.a', undefined],
  ['private-messengerxuser.a', undefined],
  ['', undefined],
])('the channel %j is that of %j', (name, expected) => {
  expect(readChannel(name)).toEqual(expected);
});

test('the channel of a thread is nobody’s own', () => {
  expect([personOf(personChannel('ada')), personOf(threadChannel('t')), personOf('x')]).toEqual([
    'ada',
    undefined,
    undefined,
  ]);
});

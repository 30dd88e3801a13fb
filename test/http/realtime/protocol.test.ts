import { describe, expect, test } from 'vitest';
import {
  encodeData,
  errorMessage,
  frame,
  isChannelName,
  isPresence,
  outgoing,
  protocolErrors,
  readIncoming,
  readMember,
  readSubscription,
} from '../../../src/http/realtime/protocol.ts';

test.each<[string, ReturnType<typeof readIncoming>]>([
  ['{"event":"pusher:ping"}', { event: 'pusher:ping' }],
  ['{"event":"client-x","channel":"c","data":[1],"more":1}', { event: 'client-x', channel: 'c', data: [1] }],
  ['{"event":"client-x","data":"{\\"a\\":1}"}', { event: 'client-x', data: '{"a":1}' }],
  ['{"event":""}', undefined],
  ['{"event":1}', undefined],
  ['{"event":"x","channel":1}', undefined],
  ['{"event":"x","channel":null}', undefined],
  // A number that JavaScript would change is not passed on as another one.
  ['{"event":"client-x","data":9007199254740993}', undefined],
  ['[]', undefined],
  ['{"event":"x"', undefined],
  ['', undefined],
])('the message %s is read as %j', (text, expected) => {
  expect(readIncoming(text)).toEqual(expected);
});

test.each<[unknown, ReturnType<typeof readSubscription>]>([
  [
    { channel: 'c', auth: 'k:s', channel_data: '{}' },
    { channel: 'c', auth: 'k:s', channel_data: '{}' },
  ],
  ['{"channel":"c"}', { channel: 'c' }],
  [{ channel: 'c', auth: 1 }, undefined],
  [{ channel: 'c', channel_data: { user_id: '1' } }, undefined],
  [{}, undefined],
  ['c', undefined],
  [undefined, undefined],
])('the subscription %j is read as %j', (data, expected) => {
  expect(readSubscription(data)).toEqual(expected);
});

test.each<[string | undefined, ReturnType<typeof readMember>]>([
  ['{"user_id":"ada","user_info":{"name":"Ada"}}', { userId: 'ada', info: { name: 'Ada' } }],
  ['{"user_id":7}', { userId: '7', info: null }],
  ['{"user_id":""}', undefined],
  ['{"user_id":null}', undefined],
  ['{"user_id":{}}', undefined],
  ['{"user_info":{}}', undefined],
  ['ada', undefined],
  [undefined, undefined],
])('the member %s is read as %j', (text, expected) => {
  expect(readMember(text)).toEqual(expected);
});

test.each<[string, boolean]>([
  ['private-messenger.user.0193a1b2', true],
  ['presence-messenger.thread.0193a1b2', true],
  [`private-${'x'.repeat(180)}`, true],
  [`private-${'x'.repeat(181)}`, false],
  ['private-', false],
  ['public', false],
  ['private-encrypted-x', false],
  ['presence-a b', false],
  ['presence-漢', false],
  ['presence-a\n', false],
  ['Private-a', false],
])('the name %j can be asked for: %j', (name, expected) => {
  expect(isChannelName(name)).toBe(expected);
});

test('only presence channels have members', () => {
  expect(['presence-a', 'private-presence-a', 'presence'].map(isPresence)).toEqual([true, false, false]);
});

describe('a message to clients', () => {
  test('has its data as JSON text inside the JSON', () => {
    const data = { body: '"<b>"\n漢' };
    const { data: encoded, ...rest } = JSON.parse(outgoing('new.message', data, 'presence-x'));
    expect([rest, JSON.parse(encoded)]).toEqual([{ event: 'new.message', channel: 'presence-x' }, data]);
  });

  test('has no channel if it is for the connection', () => {
    expect(JSON.parse(outgoing('pusher:pong', {}))).toEqual({ event: 'pusher:pong', data: '{}' });
  });

  test('may have names that need to be escaped', () => {
    const text = frame('client-"\\', encodeData(null), 'presence-"');
    expect(JSON.parse(text)).toEqual({ event: 'client-"\\', channel: 'presence-"', data: 'null' });
  });

  test('about an error has its code and its message', () => {
    expect(JSON.parse(errorMessage(protocolErrors.tooFast))).toEqual({
      event: 'pusher:error',
      data: { code: 4301, message: protocolErrors.tooFast.message },
    });
  });
});

test('every code tells a client what to do: give up, come back, or stay', () => {
  const codes = Object.values(protocolErrors).map(({ code }) => code);
  expect(codes.filter((code) => code < 4_000 || code > 4_399)).toEqual([]);
  expect([
    protocolErrors.unknownKey.code < 4_100,
    protocolErrors.full.code,
    protocolErrors.closing.code,
  ]).toEqual([true, 4_100, 4_200]);
});

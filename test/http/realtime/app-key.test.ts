import { expect, test } from 'vitest';
import { isSigned, newAppKey, sign } from '../../../src/http/realtime/app-key.ts';

// The example of the Pusher protocol's documentation.
const app = { key: '278d425bdf160c739803', secret: '7ad3773142a6692b25b8' };
const [socket, channel] = ['1234.1234', 'private-foobar'];
const signature = '278d425bdf160c739803:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4';

test('a subscription is signed as the protocol says', () => {
  expect(sign(app, socket, channel)).toBe(signature);
  expect(isSigned(app, signature, socket, channel)).toBe(true);
});

test.each<[string, Parameters<typeof isSigned>]>([
  ['another socket', [app, signature, '1234.1235', channel]],
  ['another channel', [app, signature, socket, 'private-foobaz']],
  ['a member that was not signed', [app, signature, socket, channel, '{}']],
  ['another secret', [{ ...app, secret: 'x' }, signature, socket, channel]],
  ['another key', [{ ...app, key: 'x' }, signature, socket, channel]],
  ['one character less', [app, signature.slice(0, -1), socket, channel]],
  ['one character more', [app, `${signature}0`, socket, channel]],
  ['no key', [app, signature.split(':')[1] ?? '', socket, channel]],
  ['nothing', [app, '', socket, channel]],
  ['other characters of the same length', [app, '漢'.repeat(signature.length / 3), socket, channel]],
])('a signature is wrong for %s', (_, args) => {
  expect(isSigned(...args)).toBe(false);
});

test('data of a member is part of what is signed', () => {
  const member = '{"user_id":"ada"}';
  const signed = sign(app, socket, channel, member);
  expect(isSigned(app, signed, socket, channel, member)).toBe(true);
  expect(isSigned(app, signed, socket, channel, '{"user_id":"bob"}')).toBe(false);
});

test('every key is another one, too long to be guessed', () => {
  const keys = [newAppKey(), newAppKey()];
  expect(new Set(keys.flatMap(({ key, secret }) => [key, secret])).size).toBe(4);
  expect(keys.every(({ secret }) => /^[0-9a-f]{64}$/.test(secret))).toBe(true);
});

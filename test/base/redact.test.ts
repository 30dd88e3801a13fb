import { expect, test } from 'vitest';
import { createRedactor, secretValues } from '../../src/base/redact.ts';

const hide = createRedactor(new Set(['s3cret-key', 'short']));

test.each([
  ['an ordinary text', 'HelloBot was slow', 'HelloBot was slow'],
  ['a bearer token in a text', 'Authorization: Bearer abcdefgh.123', 'Authorization: Bearer [hidden]'],
  ['what a text calls a password', "{ password: 'hunter2', n: 1 }", "{ password: '[hidden]', n: 1 }"],
  ['a token of JSON in a text', '{"access_token":"at-5","n":1}', '{"access_token":"[hidden]","n":1}'],
  ['a key of an address', 'GET /?api_key=qq77&x=1', 'GET /?api_key=[hidden]&x=1'],
  ['a password of an address', 'https://u:pw12@example.com/', 'https://u:[hidden]@example.com/'],
  ['a word that only sounds like it', 'Unexpected token, expected ";"', 'Unexpected token, expected ";"'],
  ['a known secret in a text', 'GET /?key=s3cret-key&x=1', 'GET /?key=[hidden]&x=1'],
  ['a short secret, which may be a word', 'a short story', 'a short story'],
  ['a field that tells a secret', { token: 'x', name: 'Ada' }, { token: '[hidden]', name: 'Ada' }],
  ['one deep inside', { payload: [{ apiKey: 'x' }] }, { payload: [{ apiKey: '[hidden]' }] }],
  [
    'other spellings',
    { API_KEY: 1, password: 2, clientSecret: 3 },
    { API_KEY: '[hidden]', password: '[hidden]', clientSecret: '[hidden]' },
  ],
  [
    'numbers, null and lists',
    { count: 3, none: null, list: [1, true] },
    { count: 3, none: null, list: [1, true] },
  ],
])('%s', (_, value, shown) => {
  expect(hide(value)).toEqual(shown);
});

test('the secrets of an environment are the values under names like secrets', () => {
  const environment = {
    BOT_GIPHY_API_KEY: 'one',
    DB_PASSWORD: 'two',
    GH_TOKEN: 'three',
    EMPTY_KEY: '',
    HOME: '/root',
  };
  expect(secretValues(environment)).toEqual(['one', 'two', 'three']);
});

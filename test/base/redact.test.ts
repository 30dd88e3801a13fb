import { expect, test } from 'vitest';
import { hider } from '../../src/base/redact.ts';

const hide = hider(['s3cret-key', 'short']);

test.each([
  ['an ordinary text', 'HelloBot was slow', 'HelloBot was slow'],
  ['a bearer token in a text', 'Authorization: Bearer abcdefgh.123', 'Authorization: Bearer [hidden]'],
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

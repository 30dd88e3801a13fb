import { expect, test } from 'vitest';
import { ApiError, createClient } from '../../src/client/index.ts';
import { asAnyPermitted, groupOf, pathOf, reject } from '../../src/simulate/session.ts';
import { RecordedSession } from '../support/recorded-session.ts';

const client = (token: string) => createClient({ url: 'http://127.0.0.1:1', token });
const [ada, bob] = [client('ada'), client('bob')];
const notPermitted = new ApiError(403, 'Not authorized.');

/** Runs something for Ada, then for Bob; the tokens it was tried with, and the error it ended with. */
async function tried(work: (token: string) => void) {
  const tokens: string[] = [];
  const done = asAnyPermitted([ada, bob], async ({ options: { token } }) => {
    tokens.push(token);
    work(token);
  });
  return { tokens, error: await done.catch((error: unknown) => error) };
}

test('what the speaker may do is done once', async () => {
  expect(await tried(() => {})).toEqual({ tokens: ['ada'], error: undefined });
});

test('what the speaker may not do is done by the next person who may', async () => {
  const result = await tried((token) => {
    if (token === 'ada') throw notPermitted;
  });
  expect(result).toEqual({ tokens: ['ada', 'bob'], error: undefined });
});

test('what nobody may do fails with the answer to the speaker', async () => {
  const { tokens, error } = await tried((token) => {
    throw token === 'ada' ? notPermitted : new ApiError(403, 'Not in this group.');
  });
  expect([tokens, error]).toEqual([['ada', 'bob'], notPermitted]);
});

test.each([new ApiError(404, 'Gone.'), new ApiError(0, 'No answer.'), new Error('A fault.')])(
  'after any other error nobody else is asked: %s',
  async (thrown) => {
    const result = await tried(() => {
      throw thrown;
    });
    expect(result).toEqual({ tokens: ['ada'], error: thrown });
  },
);

test('a rejection is an error of use', () => {
  expect(() => reject('Say what.')).toThrow(
    expect.objectContaining({ code: 'WRONG_USE', message: 'Say what.' }),
  );
});

test('a path is taken as it was typed, except with a null character', () => {
  expect(pathOf(' ~/a b/ü.txt ')).toBe(' ~/a b/ü.txt ');
  expect(() => pathOf('a\0b')).toThrow('The name of a file cannot contain a null character.');
});

test('a command for the open group is rejected while there is none', async () => {
  const session = await RecordedSession.open();
  expect(groupOf(session)).toBe('t');
  session.threadId = null;
  expect(() => groupOf(session)).toThrow('There is no group yet: /thread new NAME makes one.');
});

import { expect, test } from 'vitest';
import { messenger } from '../support/messenger.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('user:token makes, lists and revokes tokens', async () => {
  const folder = temporaryFolder();
  const run = (...words: string[]) => messenger(folder, ['user:token', ...words]);

  const made = await run('Ada', '--json');
  expect(made).toMatchObject({ code: 0, stderr: '' });
  const login = JSON.parse(made.stdout);
  expect(Object.keys(login)).toEqual(['id', 'name', 'token']);
  expect(login).toMatchObject({ name: 'Ada', token: expect.stringMatching(/^[\w-]{36}\.[\w-]{43}$/) });

  const plain = await run(' Ada ');
  expect(plain.stdout).toMatch(/^[\w-]{36}\.[\w-]{43}\n$/);

  const listed = JSON.parse((await run('Ada', '--list', '--json')).stdout);
  expect(listed).toHaveLength(2);
  expect(Object.keys(listed[0])).toEqual(['id', 'created_at', 'last_used_at', 'revoked_at']);

  const alike = JSON.parse((await run('\ufeffA\u200bda\u00a0', '--json')).stdout);
  expect([alike.id, alike.name]).toEqual([login.id, 'Ada']);

  expect((await run('Ada', '--revoke')).stdout).toBe('Revoked 3 tokens of Ada.\n');
  expect(JSON.parse((await run('Ada', '--revoke', '--json')).stdout)).toEqual({ name: 'Ada', revoked: 0 });
  expect((await run('Ada', '--list')).stdout).toMatch(/^TOKEN +MADE +LAST USED +REVOKED\n/);
});

test.each([
  ['a blank name', [' '], 2, /no visible characters/],
  ['an invisible name', ['\u200b\ufeff'], 2, /no visible characters/],
  ['a name of two lines', ['Ada\nByron'], 2, /a line break or another control character/],
  ['a name with a bell', ['Ada\u0007'], 2, /a line break or another control character/],
  ['a name of 5,000 characters', ['a'.repeat(5_000)], 2, /it has 5000 characters/],
  ['no name', [], 2, /missing required argument/],
  ['both at once', ['Ada', '--list', '--revoke'], 2, /not both/],
  ['somebody unknown', ['Nobody', '--list'], 1, /There is no person "Nobody"/],
])('user:token with %s is refused', async (_, words, code, problem) => {
  const outcome = await messenger(temporaryFolder(), ['user:token', ...words]);
  expect(outcome.code).toBe(code);
  expect(outcome.stderr).toMatch(problem);
});

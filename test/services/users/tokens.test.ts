import { beforeEach, describe, expect, test } from 'vitest';
import { MovableClock } from '../../../src/base/clock.ts';
import { listTokens, makeToken, revokeTokens, userOfToken } from '../../../src/services/users/tokens.ts';
import type { Store } from '../../../src/store/store.ts';
import { databaseFile, openStore, rowsOf } from '../../support/stores.ts';

let file: string;
let context: { store: Store; clock: MovableClock };
beforeEach(async () => {
  file = databaseFile();
  context = { store: await openStore(file), clock: new MovableClock() };
});

describe('a token', () => {
  test('logs in whom it was made for; the same name is the same person', async () => {
    const [one, other] = [await makeToken(context, 'Ada'), await makeToken(context, 'Ada')];
    expect(one.id).toBe(other.id);
    expect(one.token).not.toBe(other.token);
    for (const { token } of [one, other]) {
      expect(await userOfToken(context, token)).toMatchObject({ id: one.id, name: 'Ada' });
    }
  });

  test('is nowhere in the database, and its hash is', async () => {
    const { token } = await makeToken(context, 'Ada');
    const secret = token.split('.')[1] ?? '';
    expect(secret).toMatch(/^[\w-]{43}$/);
    const stored = JSON.stringify(rowsOf(file, 'select * from tokens'));
    expect(stored).not.toContain(secret);
    expect(stored).toMatch(/"hash":"[0-9a-f]{64}"/);
  });

  test.each([
    ['nothing', () => ''],
    ['its id alone', (token: string) => token.split('.')[0] ?? ''],
    ['its id and an empty secret', (token: string) => `${token.split('.')[0]}.`],
    ['its secret with another end', (token: string) => `${token}x`],
    ['its secret without its end', (token: string) => token.slice(0, -1)],
    ['its secret in capitals', (token: string) => token.toUpperCase()],
    ['its secret under no id', (token: string) => `x.${token.split('.')[1]}`],
  ])('is not %s', async (_, wrong) => {
    const { token } = await makeToken(context, 'Ada');
    expect(await userOfToken(context, wrong(token))).toBeUndefined();
  });

  test('does not log in once it is revoked; another person’s does', async () => {
    const [ada, bob] = [await makeToken(context, 'Ada'), await makeToken(context, 'Bob')];
    await makeToken(context, 'Ada');
    expect(await revokeTokens(context, 'Ada')).toBe(2);
    expect(await revokeTokens(context, 'Ada')).toBe(0);
    expect(await userOfToken(context, ada.token)).toBeUndefined();
    expect(await userOfToken(context, bob.token)).toMatchObject({ name: 'Bob' });
  });

  test('remembers to the minute when it was used last', async () => {
    const { token } = await makeToken(context, 'Ada');
    const used = async () => (await listTokens(context, 'Ada'))[0]?.lastUsedAt ?? '';
    expect(await used()).toBe('');
    await userOfToken(context, token);
    await expect.poll(used).toMatch(/^\d{4}-/);
    const first = await used();
    await userOfToken(context, token);
    expect(await used()).toBe(first);
    context.clock.advance(60_000);
    await userOfToken(context, token);
    const later = Date.parse(first) + 60_000;
    await expect.poll(async () => Date.parse(await used())).toBeGreaterThanOrEqual(later);
  });
});

test.each([
  ['revoked', revokeTokens],
  ['listed', listTokens],
])('nothing can be %s of nobody', async (_, work) => {
  await expect(work(context, 'Nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

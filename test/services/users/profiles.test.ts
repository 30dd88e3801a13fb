import { expect, test } from 'vitest';
import { botProfile, userProfile } from '../../../src/domain/profile.ts';
import { loadProfiles } from '../../../src/services/users/profiles.ts';
import { aUser, seed } from '../../support/records.ts';
import { openStore } from '../../support/stores.ts';

test('people and bots are loaded, and what is gone or of the other type is a ghost', async () => {
  const store = await openStore();
  const { user, bot } = await seed(store);
  const refs = [
    { type: 'user', id: user.id },
    { type: 'bot', id: bot.id },
    { type: 'user', id: bot.id },
    { type: 'bot', id: user.id },
    { type: 'bot', id: 'gone' },
  ] as const;
  const profiles = await loadProfiles(store, [...refs, ...refs]);
  expect(refs.map((ref) => profiles(ref))).toEqual([
    userProfile(user),
    botProfile(bot),
    { type: 'ghost', of: refs[2] },
    { type: 'ghost', of: refs[3] },
    { type: 'ghost', of: refs[4] },
  ]);
});

test('an archived bot is a ghost until it is restored', async () => {
  const store = await openStore();
  const { bot } = await seed(store);
  const ref = { type: 'bot', id: bot.id } as const;
  await store.bots.archive(bot.id, bot.updatedAt);
  expect((await loadProfiles(store, [ref]))(ref)).toEqual({ type: 'ghost', of: ref });
});

test('what is known is not read again', async () => {
  const store = await openStore();
  const { user, bot } = await seed(store);
  const known = [userProfile({ ...user, name: 'As the event says' }), botProfile({ ...bot, name: 'So too' })];
  const profiles = await loadProfiles(
    store,
    [
      { type: 'user', id: user.id },
      { type: 'bot', id: bot.id },
    ],
    known,
  );
  expect([profiles({ type: 'user', id: user.id }), profiles({ type: 'bot', id: bot.id })]).toEqual(known);
});

test('a ghost is nobody whose profile could be known', async () => {
  const store = await openStore();
  const of = { type: 'user', id: aUser().id } as const;
  expect((await loadProfiles(store, [], [{ type: 'ghost', of }]))(of)).toEqual({ type: 'ghost', of });
});

import { describe, expect, test } from 'vitest';
import { presentOwner, presentPerson } from '../../../src/http/presenters/person.ts';
import { botAvatarPaths, presentProvider } from '../../../src/http/presenters/provider.ts';
import { aBot, at, aUser } from '../../support/records.ts';

const user = aUser({ id: 'u', name: 'Ada <b>' });
const bot = aBot({
  id: 'b',
  threadId: 't',
  name: 'Robbie',
  avatar: 'r.png',
  owner: { type: 'user', id: 'u' },
});
const ghost = { type: 'ghost', of: { type: 'bot', id: 'gone' } } as const;

describe('an owner is shown', () => {
  test('as a person, with the picture that everybody has', () => {
    expect(presentProvider({ type: 'user', user })).toEqual({
      name: 'Ada <b>',
      route: null,
      provider_id: 'u',
      provider_alias: 'user',
      base: { id: 'u', name: 'Ada <b>', created_at: at(0), updated_at: at(1) },
      avatar: {
        sm: '/messenger/assets/provider/user/u/sm/default.png',
        md: '/messenger/assets/provider/user/u/md/default.png',
        lg: '/messenger/assets/provider/user/u/lg/default.png',
      },
    });
  });

  test('as a bot, with its settings and its own picture', () => {
    expect(presentProvider({ type: 'bot', bot })).toMatchObject({
      name: 'Robbie',
      provider_id: 'b',
      provider_alias: 'bot',
      base: { thread_id: 't', owner_id: 'u', owner_type: 'users', avatar: 'r.png', hide_actions: false },
      avatar: { sm: '/messenger/assets/threads/t/bots/b/avatar/sm/r.png' },
    });
  });

  test('as a ghost when nobody is there any more, under the id that is stored', () => {
    expect(presentProvider(ghost)).toMatchObject({
      name: 'Bot',
      provider_id: 'gone',
      provider_alias: 'ghost',
      base: null,
      avatar: { lg: '/messenger/assets/provider/ghost/gone/lg/default.png' },
    });
  });

  test('by type and id alone', () => {
    expect(presentOwner({ type: 'bot', id: 'b' })).toEqual({ owner_id: 'b', owner_type: 'bots' });
  });
});

test('a bot without a picture has the default one', () => {
  expect(botAvatarPaths({ ...bot, avatar: null }).md).toBe(
    '/messenger/assets/threads/t/bots/b/avatar/md/default.png',
  );
});

describe('a person is shown with their presence', () => {
  const options = (status: 0 | 1 | 2, lastActive: number | null, profile = { type: 'user' as const, user }) =>
    presentPerson(profile, { presence: () => ({ status, lastActive }) }).options;

  test.each<[0 | 1 | 2, number | null, string, string | null]>([
    [0, null, 'OFFLINE', null],
    [0, 0, 'OFFLINE', '1970-01-01T00:00:00.000000Z'],
    [1, Date.UTC(2026, 0, 1), 'ONLINE', '2026-01-01T00:00:00.000000Z'],
    [2, Date.UTC(2026, 0, 1, 0, 0, 0, 7), 'AWAY', '2026-01-01T00:00:00.007000Z'],
  ])('%i since %j is %s', (status, lastActive, verbose, expected) => {
    expect(options(status, lastActive)).toMatchObject({
      online_status: status,
      online_status_verbose: verbose,
      last_active: expected,
    });
  });

  test('and nobody asks whether a bot or a ghost is there', () => {
    const never = () => {
      throw new Error('A bot has no presence.');
    };
    for (const profile of [{ type: 'bot', bot } as const, ghost])
      expect(presentPerson(profile, { presence: never }).options).toMatchObject({
        online_status: 0,
        last_active: null,
      });
  });
});

import { describe, expect, test } from 'vitest';
import { configSchema, type UserConfig } from '../../../src/config/schema.ts';
import { settingsOf } from '../../../src/config/settings.ts';
import { adminPermissions, type Participant } from '../../../src/domain/participant.ts';
import { userProfile } from '../../../src/domain/profile.ts';
import { newGroupSettings, type Thread } from '../../../src/domain/thread.ts';
import { presentParticipant, presentParticipantRecord } from '../../../src/http/presenters/participant.ts';
import {
  presentListedThread,
  presentThread,
  presentThreadSettings,
} from '../../../src/http/presenters/thread.ts';
import type { ThreadView } from '../../../src/services/threads/thread-views.ts';
import { aParticipant, aThread, at, aUser } from '../../support/records.ts';

const settings = (config: UserConfig = {}) =>
  settingsOf(configSchema.parse({ bots: { enabled: true }, calling: { enabled: true }, ...config }));
const look = { presence: () => ({ status: 1, lastActive: null }) as const };

const member = (more: Partial<Participant> = {}) =>
  aParticipant({ id: 'p', threadId: 't', userId: 'ada', ...more });
const admin = member({ admin: true });
const group = (more: Partial<Thread> = {}) =>
  aThread({ id: 't', subject: 'Lounge', settings: { ...newGroupSettings, chatBots: true }, ...more });
const view = (thread: Thread, me: Participant, more: Partial<ThreadView> = {}): ThreadView => ({
  thread,
  me,
  unreadCount: 3,
  latest: null,
  recipient: null,
  ...more,
});

describe('what somebody may do in a thread', () => {
  const all = [
    'add_participants',
    'admin',
    'call',
    'chat_bots',
    'invitations',
    'knock',
    'manage_bots',
    'message',
  ];
  const without = (...options: string[]) => all.filter((option) => !options.includes(option));
  const off = (more: object) => group({ settings: { ...newGroupSettings, chatBots: true, ...more } });
  const permitted = member({ permissions: adminPermissions });
  const nothing = Object.fromEntries(Object.keys(adminPermissions).map((name) => [name, false]));
  const mute = member({ permissions: { ...adminPermissions, ...nothing } });

  test.each<[string, Thread, Participant, UserConfig, string[]]>([
    ['an admin', group(), admin, {}, all],
    ['somebody with every permission', group(), permitted, {}, without('admin')],
    ['somebody new', group(), member(), {}, ['chat_bots', 'message']],
    ['somebody without a permission', group(), mute, {}, ['chat_bots']],
    ['an admin without permissions of their own', group(), { ...mute, admin: true }, {}, all],
    ['an admin of a locked group', group({ locked: true }), admin, {}, ['admin', 'chat_bots']],
    [
      'an admin where the group has bots off',
      off({ chatBots: false }),
      admin,
      {},
      without('chat_bots', 'manage_bots'),
    ],
    ['an admin where the group has knocks off', off({ knocks: false }), admin, {}, without('knock')],
    ['an admin where the group has messages off', off({ messaging: false }), admin, {}, without('message')],
    [
      'an admin where the group has invites off',
      off({ invitations: false }),
      admin,
      {},
      without('invitations'),
    ],
    ['an admin where the group has calls off', off({ calling: false }), admin, {}, without('call')],
    [
      'an admin where nobody is added',
      off({ addParticipants: false }),
      admin,
      {},
      without('add_participants'),
    ],
    [
      'an admin where the configuration has bots off',
      group(),
      admin,
      { bots: { enabled: false } },
      without('chat_bots', 'manage_bots'),
    ],
    [
      'an admin where the configuration has knocks off',
      group(),
      admin,
      { knocks: { enabled: false } },
      without('knock'),
    ],
    [
      'an admin where the configuration has invites off',
      group(),
      admin,
      { invites: { enabled: false } },
      without('invitations'),
    ],
    [
      'an admin where the configuration has calls off',
      group(),
      admin,
      { calling: { enabled: false } },
      without('call'),
    ],
    ['one of two people', group({ kind: 'private' }), mute, {}, ['call', 'knock']],
    [
      'one of two people, even as an admin',
      group({ kind: 'private' }),
      admin,
      {},
      ['call', 'knock', 'message'],
    ],
  ])('%s', (_, thread, me, config, expected) => {
    const { muted, ...options } = presentListedThread(view(thread, me), settings(config), look).options;
    const granted = Object.entries(options).filter(([, isOn]) => isOn);
    expect(granted.map(([option]) => option).sort()).toEqual(expected);
    expect(muted).toBe(false);
  });
});

describe('a thread in a list', () => {
  const bob = userProfile(aUser({ id: 'bob', name: 'Bob' }));

  test('has its own name and picture if it is a group', () => {
    expect(presentListedThread(view(group(), member()), settings(), look)).toMatchObject({
      type: 2,
      type_verbose: 'GROUP',
      group: true,
      name: 'Lounge',
      avatar: { sm: '/messenger/assets/threads/t/avatar/sm/default.png' },
      unread_count: 3,
      resources: { latest_message: null },
    });
  });

  test('has those of the other person if it is private', () => {
    const thread = group({ kind: 'private', subject: null });
    expect(presentListedThread(view(thread, member(), { recipient: bob }), settings(), look)).toMatchObject({
      type: 1,
      group: false,
      name: 'Bob',
      avatar: { sm: '/messenger/assets/provider/user/bob/sm/default.png' },
      resources: { recipient: { name: 'Bob', options: { online_status_verbose: 'ONLINE' } } },
    });
  });

  test.each<[string, string | null, boolean]>([
    ['was never read', null, true],
    ['was read before the last activity', at(9), true],
    ['was read at the last activity', at(10), false],
    ['was read since', at(11), false],
  ])('that %s', (_, lastReadAt, unread) => {
    const thread = group({ updatedAt: at(10) });
    expect(presentListedThread(view(thread, member({ lastReadAt })), settings(), look).unread).toBe(unread);
  });

  test('becomes a whole one with the features of the configuration', () => {
    const { system_features: features, ...listed } = presentThread(view(group(), member()), settings(), look);
    expect(listed).toEqual(presentListedThread(view(group(), member()), settings(), look));
    expect(features).toMatchObject({ bots: true, provider_avatars: false });
  });
});

test('the settings of a group are its own, whatever the configuration allows', () => {
  const thread = group({ settings: { ...newGroupSettings, chatBots: true, knocks: false } });
  expect(presentThreadSettings(thread, settings({ bots: { enabled: false } }))).toMatchObject({
    name: 'Lounge',
    chat_bots: true,
    knocks: false,
    messaging: true,
    system_features: { bots: false },
  });
});

describe('a participant', () => {
  const owner = userProfile(aUser({ id: 'ada', name: 'Ada' }));
  const present = (participant: Participant) =>
    presentParticipant({ participant, owner, lastReadId: 'm' }, look);

  test('may do what was permitted, and an admin everything', () => {
    expect(present(member())).toMatchObject({ admin: false, send_messages: true, manage_bots: false });
    expect(present(admin)).toMatchObject({
      admin: true,
      send_knocks: true,
      manage_bots: true,
      start_calls: true,
    });
  });

  test('has a name and how far they have read, or in a bare record only the time', () => {
    const read = member({ lastReadAt: at(5), muted: true });
    expect(present(read)).toMatchObject({
      owner: { name: 'Ada' },
      last_read: { time: at(5), message_id: 'm' },
    });
    expect(present(read)).not.toHaveProperty('muted');
    expect(presentParticipantRecord(read)).toMatchObject({ last_read: at(5), muted: true, deleted_at: null });
  });
});

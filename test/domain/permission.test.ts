import { describe, expect, test } from 'vitest';
import type { Participant, ParticipantPermissions } from '../../src/domain/participant.ts';
import * as permission from '../../src/domain/permission.ts';
import type { Thread, ThreadSettings } from '../../src/domain/thread.ts';
import { aParticipant, aThread } from '../support/records.ts';

/** Everything that a thread can switch on. */
const allOn: ThreadSettings = {
  addParticipants: true,
  chatBots: true,
  invitations: true,
  calling: true,
  messaging: true,
  knocks: true,
};

const permissions = (value: boolean, more: Partial<ParticipantPermissions> = {}): ParticipantPermissions => ({
  sendMessages: value,
  sendKnocks: value,
  addParticipants: value,
  manageInvites: value,
  manageBots: value,
  startCalls: value,
  ...more,
});

const thread = (more: Partial<Thread> = {}) => aThread({ settings: allOn, ...more });
const participant = (more: Partial<Participant>) =>
  aParticipant({ threadId: '1', userId: '2', permissions: permissions(false), ...more });

const admin = participant({ admin: true });
const member = participant({});
const permittedMember = participant({ permissions: permissions(true) });

interface Right {
  can: (thread: Thread, participant: Participant | undefined) => boolean;
  /** The permission that a member needs; without one, only admins have the right. */
  needs?: keyof ParticipantPermissions;
  /** The setting that the thread needs. */
  setting?: keyof ThreadSettings;
  /** Whether a member without any permission has it in a private thread. */
  inPrivate: 'everyone' | 'permitted' | 'nobody';
}

const rights: Record<string, Right> = {
  'send messages': {
    can: permission.canSendMessages,
    needs: 'sendMessages',
    setting: 'messaging',
    inPrivate: 'permitted',
  },
  knock: { can: permission.canKnock, needs: 'sendKnocks', setting: 'knocks', inPrivate: 'everyone' },
  call: { can: permission.canCall, needs: 'startCalls', setting: 'calling', inPrivate: 'everyone' },
  'manage the group': { can: permission.canManageGroup, inPrivate: 'nobody' },
  'add participants': {
    can: permission.canAddParticipants,
    needs: 'addParticipants',
    setting: 'addParticipants',
    inPrivate: 'nobody',
  },
  'manage invites': {
    can: permission.canManageInvites,
    needs: 'manageInvites',
    setting: 'invitations',
    inPrivate: 'nobody',
  },
  'manage bots': {
    can: permission.canManageBots,
    needs: 'manageBots',
    setting: 'chatBots',
    inPrivate: 'nobody',
  },
};

describe.each(Object.entries(rights))('who may %s', (_, { can, needs, setting, inPrivate }) => {
  test('an admin without any permission of their own', () => {
    expect(can(thread(), admin)).toBe(true);
  });

  test('not somebody outside of the thread', () => {
    expect([can(thread(), undefined), can(thread({ kind: 'private' }), undefined)]).toEqual([false, false]);
  });

  test('not an admin of a locked thread', () => {
    expect(can(thread({ locked: true }), admin)).toBe(false);
  });

  test('not a member without permission', () => {
    expect(can(thread(), member)).toBe(false);
  });

  test('a member with exactly the permission for it', () => {
    const others = participant({ permissions: permissions(true, needs && { [needs]: false }) });
    expect(can(thread(), others)).toBe(false);
    const exact = participant({ permissions: permissions(false, needs && { [needs]: true }) });
    expect(can(thread(), exact)).toBe(needs !== undefined);
  });

  test('depends on exactly one setting of the thread, even for admins', () => {
    const off = (Object.keys(allOn) as Array<keyof ThreadSettings>).filter(
      (name) => !can(thread({ settings: { ...allOn, [name]: false } }), admin),
    );
    expect(off).toEqual(setting === undefined ? [] : [setting]);
  });

  test(`in a private thread: ${inPrivate}`, () => {
    const inside = thread({ kind: 'private' });
    expect(can(inside, member)).toBe(inPrivate === 'everyone');
    expect(can(inside, permittedMember)).toBe(inPrivate !== 'nobody');
    expect(can(inside, admin)).toBe(inPrivate !== 'nobody');
  });
});

test.each<[string, Partial<Thread>, Participant | undefined, boolean]>([
  ['a member of a group', {}, member, true],
  ['a member of a locked group', { locked: true }, member, true],
  ['somebody outside', {}, undefined, false],
  ['a member of a group without bots', { settings: { ...allOn, chatBots: false } }, admin, false],
  ['a member of a private thread', { kind: 'private' }, member, false],
])('%s sees bots: %#', (_, more, who, expected) => {
  expect(permission.canSeeBots(thread(more), who)).toBe(expected);
});

test.each<[string, Partial<Thread>, Participant | undefined, boolean, boolean]>([
  ['a member, when the bot shows its actions', {}, member, false, true],
  ['a member, when the bot hides its actions', {}, member, true, false],
  ['a member who may manage bots', {}, permittedMember, true, true],
  ['an admin', {}, admin, true, true],
  ['an admin of a locked group', { locked: true }, admin, true, false],
  ['somebody outside, when the bot shows its actions', {}, undefined, false, false],
])('%s sees the actions: %#', (_, more, who, hidesActions, expected) => {
  expect(permission.canSeeActions(thread(more), who, hidesActions)).toBe(expected);
});

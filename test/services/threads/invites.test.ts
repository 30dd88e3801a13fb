import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { timestamp } from '../../../src/base/clock.ts';
import { createInvite, inviteData } from '../../../src/services/threads/invites.ts';
import { inviteOfCode, joinByInvite } from '../../../src/services/threads/join-by-invite.ts';
import { leaveThread } from '../../../src/services/threads/leave-thread.ts';
import { ensureUser } from '../../../src/services/users/people.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';

const atEnd = endAfterAll();
let shared: TestGroup;
let group: TestGroup;
beforeAll(async () => {
  shared = await TestGroup.open({}, {}, atEnd);
});
beforeEach(async () => {
  shared.reconfigure({ invites: {} });
  group = await shared.anew();
});

/** An invite of Ada, for so many minutes. */
async function invite({ minutes, codeEnding = '' }: { minutes?: number; codeEnding?: string } = {}) {
  const { app, thread, clock } = group;
  const owner = { type: 'user', id: (await group.person('Ada')).id } as const;
  const expiresAt = minutes === undefined ? null : timestamp(clock.milliseconds() + minutes * 60_000);
  const now = (await app.store.threads.find(thread.id)) ?? thread;
  return app.store.transaction((store) =>
    createInvite(app, { store, thread: now, owner, options: { expiresAt, codeEnding } }),
  );
}
const view = async (code: string) => {
  const found = await inviteOfCode(group.app, code);
  if (found === undefined) throw new Error('There is no such invite.');
  return found;
};
/** Lets somebody join, and returns how often the invite was used before that. */
const join = async (name: string, code: string) => {
  const found = await view(code);
  await joinByInvite(group.app, await ensureUser(group.app, name), found);
  return found.invite.uses;
};
const refused = { code: 'NOT_PERMITTED', message: 'Not authorized to join with that invite.' };

describe('a new invite', () => {
  test('has a code that can be read aloud, with the ending that was asked for', async () => {
    const { code } = await invite({ codeEnding: '-ops_1' });
    expect(code).toMatch(/^[A-HJ-NP-Za-km-z2-9]{10}-ops_1$/);
    expect((await invite()).code).not.toBe(code.slice(0, 10));
  });

  test('is shown to handlers with the path that joins', async () => {
    const made = await invite({ minutes: 1 });
    const { id, code, expiresAt } = made;
    expect(inviteData(made)).toEqual({ id, code, expiresAt, joinPath: `/messenger/join/${code}` });
  });

  test('is refused beyond so many that are valid at once', async () => {
    await invite({ minutes: 1 });
    await invite();
    await invite();
    await expect(invite()).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
      message: 'The group has 3 invites already, and no more are allowed.',
    });
    group.clock.advance(60_000);
    await expect(invite()).resolves.toMatchObject({ uses: 0 });
  });

  test('may be one of any number where the configuration says 0', async () => {
    shared.reconfigure({ invites: { threadMax: 0 } });
    for (let made = 0; made < 5; made++) await invite();
    await expect(invite()).resolves.toMatchObject({ uses: 0 });
  });

  test.each<[string, () => void | Promise<void>]>([
    ['the configuration', () => shared.reconfigure({ invites: { enabled: false } })],
    ['the group', () => group.change('update threads set invitations = 0 where id = ?', group.thread.id)],
  ])('is refused while %s has invites off', async (_, switchOff) => {
    await switchOff();
    await expect(invite()).rejects.toThrow('Group invites are currently disabled.');
  });
});

describe('an invite', () => {
  test('lets people join, counts them, and lets nobody in twice', async () => {
    const { code } = await invite();
    expect([await join('Bob', code), await join('Cleo', code)]).toEqual([0, 1]);
    await expect(join('Bob', code)).rejects.toMatchObject(refused);
    expect((await view(code)).invite.uses).toBe(2);
  });

  test('lets somebody come back who has left', async () => {
    const { code } = await invite();
    await join('Bob', code);
    await leaveThread(group.app, group.thread, await group.person('Bob'));
    expect(await join('Bob', code)).toBe(1);
  });

  test('is valid until it expires, and is still found afterwards', async () => {
    const { code } = await invite({ minutes: 1 });
    group.clock.advance(59_999);
    expect((await view(code)).thread?.id).toBe(group.thread.id);
    group.clock.advance(1);
    expect((await view(code)).thread).toBeNull();
    await expect(join('Bob', code)).rejects.toMatchObject(refused);
  });

  test.each<[string, (thread: string) => void | Promise<void>]>([
    ['the group is locked', (thread) => group.change('update threads set locked = 1 where id = ?', thread)],
    [
      'the group has invites off',
      (thread) => group.change('update threads set invitations = 0 where id = ?', thread),
    ],
    ['the configuration has invites off', () => shared.reconfigure({ invites: { enabled: false } })],
  ])('is worth nothing while %s, even if it was seen before', async (_, change) => {
    const { code } = await invite();
    const before = await view(code);
    await change(group.thread.id);
    expect((await view(code)).thread).toBeNull();
    const bob = await ensureUser(group.app, 'Bob');
    await expect(joinByInvite(group.app, bob, before)).rejects.toMatchObject(refused);
  });

  test.each(['', 'nothing', 'x'.repeat(10_000)])('does not exist by the code %s', async (code) => {
    expect(await inviteOfCode(group.app, code)).toBeUndefined();
  });
});

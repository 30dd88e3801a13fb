import { describe, expect, test } from 'vitest';
import { openPlayground } from '../../../src/services/bots/playground.ts';
import { ensureHostUser } from '../../../src/services/users/host-user.ts';
import { ensureGroup, ensureUser, groupNamed, userNamed } from '../../../src/services/users/people.ts';
import { makeToken } from '../../../src/services/users/tokens.ts';
import { TestGroup } from '../../support/test-group.ts';

describe('people', () => {
  test('whose names look alike are one, however they come in', async () => {
    const { app } = await TestGroup.open({});
    const zoe = await ensureUser(app, 'Zoë');
    expect(zoe.name).toBe('Zoë');
    const ids = [
      await ensureUser(app, ' Zoe\u0308\u200b '),
      await userNamed(app, '\ufeffZoë'),
      await makeToken(app, 'Zo\u200dë'),
      await ensureHostUser(app, { name: 'Zoë\n' }),
      (await openPlayground(app, '\u200eZoë')).owner,
    ].map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set([zoe.id]));
  });

  test.each(['A\nB', 'A\u0000', ' \u200b ', 'a'.repeat(256)])('%j is nobody', async (name) => {
    const { app } = await TestGroup.open({});
    const refused = expect.objectContaining({ code: 'NAME_INVALID' });
    await expect(ensureUser(app, name)).rejects.toEqual(refused);
    await expect(makeToken(app, name)).rejects.toEqual(refused);
    await expect(openPlayground(app, name)).rejects.toEqual(refused);
    await expect(ensureHostUser(app, { name })).rejects.toEqual(refused);
  });

  test('of another application are known by their ids, and have names that can be shown', async () => {
    const { app } = await TestGroup.open({});
    const named = async (id: string | number, name: string) => (await ensureHostUser(app, { id, name })).name;
    expect(await named(1, 'Eva\nM\u200b')).toBe('Eva M');
    expect(await named(1, ' Eva  M')).toBe('Eva M');
    expect(await named(2, 'Eva M')).toBe('Eva M (2)');
    expect(await named(3, '\u200b')).toBe('3');
    expect(await named(4, 'x'.repeat(5_000))).toHaveLength(255);
    const two = [await named('a\u200b', 'Eva M'), await named('a', 'Eva M')];
    expect(new Set(two).size).toBe(2);
  });
});

test('groups and bots have names of the same form', async () => {
  const testGroup = await TestGroup.open({});
  const group = await ensureGroup(testGroup.app, ' Te\u200bam\u00a0 One');
  expect(group.subject).toBe('Team One');
  expect((await groupNamed(testGroup.app, '\ufeffTeam One')).id).toBe(group.id);
  expect((await testGroup.bot('Ro\u200bbo\n')).name).toBe('Robo');
});

import { beforeEach, expect, test } from 'vitest';
import { timestamp } from '../../src/base/clock.ts';
import { rejection } from '../support/sandbox.ts';
import { TestGroup } from '../support/test-group.ts';

let testGroup: TestGroup;
beforeEach(async () => {
  testGroup = await TestGroup.open({});
});

const invites = () => testGroup.app.store.invites.valid(testGroup.thread.id, testGroup.clock.now());
const minutesFromNow = (minutes: number) => timestamp(testGroup.clock.milliseconds() + minutes * 60_000);

test.each(['!invite', '!INV'])(
  '"%s" is replied to with an invite of 15 minutes and its link',
  async (body) => {
    await testGroup.attach('invitations', { cooldown: 120 });
    const [said] = await testGroup.say('Bob', body);
    const [invite] = await invites();
    expect(invite).toMatchObject({
      code: expect.stringMatching(/^\w{10}BOT$/),
      owner: { type: 'bot' },
      maxUse: 0,
      expiresAt: minutesFromNow(15),
    });
    expect(said).toBe(
      `This invite is good for 15 minutes: ${invite?.code}\n🔗 /messenger/join/${invite?.code}`,
    );
    const [question, answer] = await testGroup.texts();
    expect(answer?.replyToId).toBe(question?.id);
    expect(await testGroup.say('Bob', body)).toEqual([]);
  },
);

test.each([5, 60])('an invite lives %d minutes when it was attached so', async (minutes) => {
  await testGroup.attach('invitations', { lifetime_minutes: minutes });
  expect(await testGroup.say('Bob', '!invite')).toEqual([expect.stringContaining(` ${minutes} minutes: `)]);
  expect(await invites()).toMatchObject([{ expiresAt: minutesFromNow(minutes) }]);
  testGroup.clock.advance(minutes * 60_000);
  expect(await invites()).toEqual([]);
});

test.each([4, 61, 15.5, 'soon'])('it cannot be attached with a life of %s minutes', async (minutes) => {
  const error = await rejection(testGroup.attach('invitations', { lifetime_minutes: minutes }));
  expect(error).toMatchObject({ errors: { lifetime_minutes: [expect.any(String)] } });
});

test('where the invitations of the group are off it says so, and does not rest', async () => {
  await testGroup.attach('invitations', { cooldown: 120 });
  await testGroup.change('update threads set invitations = 0');
  const sentence = 'The bot could not create an invite: Group invites are currently disabled.';
  expect(await testGroup.watch('Bob', '!invite')).toEqual([`says ${sentence}`, 'handled invitations']);
  expect(await invites()).toEqual([]);
  await testGroup.change('update threads set invitations = 1');
  expect(await testGroup.say('Bob', '!invite')).toEqual([expect.stringMatching(/^This invite /)]);
});

test('a fourth invite is refused until one of the three is over', async () => {
  await testGroup.attach('invitations');
  for (let count = 0; count < 3; count++) {
    expect(await testGroup.say('Bob', '!invite')).toEqual([expect.stringMatching(/^This invite /)]);
  }
  expect(await testGroup.say('Bob', '!invite')).toEqual([expect.stringMatching(/ has 3 invites already/)]);
  expect(await invites()).toHaveLength(3);
  testGroup.clock.advance(15 * 60_000);
  expect(await testGroup.say('Bob', '!invite')).toEqual([expect.stringMatching(/^This invite /)]);
});

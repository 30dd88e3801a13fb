import { beforeEach, expect, test } from 'vitest';
import { timestamp } from '../../src/base/clock.ts';
import { rejection } from '../support/sandbox.ts';
import { TestGroup } from '../support/test-group.ts';

let story: TestGroup;
beforeEach(async () => {
  story = await TestGroup.open({});
});

const invites = () => story.app.store.invites.valid(story.thread.id, story.clock.now());
const minutesFromNow = (minutes: number) => timestamp(story.clock.milliseconds() + minutes * 60_000);

test.each(['!invite', '!INV'])(
  '"%s" is replied to with an invite of 15 minutes and its link',
  async (body) => {
    await story.attach('invitations', { cooldown: 120 });
    const [said] = await story.say('Bob', body);
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
    const [question, answer] = await story.texts();
    expect(answer?.replyToId).toBe(question?.id);
    expect(await story.say('Bob', body)).toEqual([]);
  },
);

test.each([5, 60])('an invite lives %d minutes when it was attached so', async (minutes) => {
  await story.attach('invitations', { lifetime_minutes: minutes });
  expect(await story.say('Bob', '!invite')).toEqual([expect.stringContaining(` ${minutes} minutes: `)]);
  expect(await invites()).toMatchObject([{ expiresAt: minutesFromNow(minutes) }]);
  story.clock.advance(minutes * 60_000);
  expect(await invites()).toEqual([]);
});

test.each([4, 61, 15.5, 'soon'])('it cannot be attached with a life of %s minutes', async (minutes) => {
  const error = await rejection(story.attach('invitations', { lifetime_minutes: minutes }));
  expect(error).toMatchObject({ errors: { lifetime_minutes: [expect.any(String)] } });
});

test('where the invitations of the group are off it says so, and does not rest', async () => {
  await story.attach('invitations', { cooldown: 120 });
  story.change('update threads set invitations = 0');
  const sentence = 'The bot could not create an invite: Group invites are currently disabled.';
  expect(await story.watch('Bob', '!invite')).toEqual([`says ${sentence}`, 'handled invitations']);
  expect(await invites()).toEqual([]);
  story.change('update threads set invitations = 1');
  expect(await story.say('Bob', '!invite')).toEqual([expect.stringMatching(/^This invite /)]);
});

test('a fourth invite is refused until one of the three is over', async () => {
  await story.attach('invitations');
  for (let count = 0; count < 3; count++) {
    expect(await story.say('Bob', '!invite')).toEqual([expect.stringMatching(/^This invite /)]);
  }
  expect(await story.say('Bob', '!invite')).toEqual([expect.stringMatching(/ has 3 invites already/)]);
  expect(await invites()).toHaveLength(3);
  story.clock.advance(15 * 60_000);
  expect(await story.say('Bob', '!invite')).toEqual([expect.stringMatching(/^This invite /)]);
});

import { expect, test } from 'vitest';
import { TestGroup } from '../support/test-group.ts';

const parameters = { match: 'contains:caseless', triggers: ['knock'] };

test('it greets the sender and knocks at the group', async () => {
  const story = await TestGroup.open({});
  await story.attach('knock', { ...parameters, cooldown: 300 });
  const knocks = story.collect('Knock');
  expect(await story.watch('Bob', 'Knock knock')).toEqual([
    'types',
    'says Knock knock, Bob! 👊',
    'handled knock',
  ]);
  expect(knocks).toMatchObject([{ thread: { id: story.thread.id }, from: { type: 'bot' }, silent: false }]);
  expect(await story.watch('Bob', 'knock')).toEqual([]);
});

test('it knocks although the group rests from the last knock', async () => {
  const story = await TestGroup.open({});
  await story.attach('knock', parameters);
  const knocks = story.collect('Knock');
  for (const name of ['Ada', 'Bob', 'Cleo']) await story.say(name, 'knock');
  expect(knocks).toHaveLength(3);
});

test('where knocks are off it posts nothing, and does not rest', async () => {
  const story = await TestGroup.open({});
  await story.attach('knock', { ...parameters, cooldown: 300 });
  story.change('update threads set knocks = 0');
  expect(await story.watch('Bob', 'knock')).toEqual(['failed knock EFFECT_REFUSED']);
  story.change('update threads set knocks = 1');
  expect(await story.say('Bob', 'knock')).toEqual(['Knock knock, Bob! 👊']);
});

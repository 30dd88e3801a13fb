import { expect, test } from 'vitest';
import { TestGroup } from '../support/test-group.ts';

const parameters = { match: 'contains:caseless', triggers: ['knock'] };

test('it greets the sender and knocks at the group', async () => {
  const testGroup = await TestGroup.open({});
  await testGroup.attach('knock', { ...parameters, cooldown: 300 });
  const knocks = testGroup.collect('Knock');
  expect(await testGroup.watch('Bob', 'Knock knock')).toEqual([
    'types',
    'says Knock knock, Bob! 👊',
    'handled knock',
  ]);
  expect(knocks).toMatchObject([
    { thread: { id: testGroup.thread.id }, from: { type: 'bot' }, silent: false },
  ]);
  expect(await testGroup.watch('Bob', 'knock')).toEqual([]);
});

test('it knocks although the group rests from the last knock', async () => {
  const testGroup = await TestGroup.open({});
  await testGroup.attach('knock', parameters);
  const knocks = testGroup.collect('Knock');
  for (const name of ['Ada', 'Bob', 'Cleo']) await testGroup.say(name, 'knock');
  expect(knocks).toHaveLength(3);
});

test('where knocks are off it posts nothing, and does not rest', async () => {
  const testGroup = await TestGroup.open({});
  await testGroup.attach('knock', { ...parameters, cooldown: 300 });
  await testGroup.change('update threads set knocks = 0');
  expect(await testGroup.watch('Bob', 'knock')).toEqual(['failed knock EFFECT_REFUSED']);
  await testGroup.change('update threads set knocks = 1');
  expect(await testGroup.say('Bob', 'knock')).toEqual(['Knock knock, Bob! 👊']);
});

import { expect, test } from 'vitest';
import { yoMommaJokes } from '../../src/library/yo-momma-jokes.ts';
import { TestGroup } from '../support/test-group.ts';

test('it tells one of its jokes at the triggers it was given, and rests', async () => {
  const testGroup = await TestGroup.open({});
  await testGroup.attach('yomomma', { match: 'contains:caseless', triggers: ['mom'], cooldown: 15 });
  const [typing, said = '', ...rest] = await testGroup.watch('Bob', 'Where is Mom now');
  expect([typing, ...rest]).toEqual(['types', 'handled yomomma']);
  expect(yoMommaJokes).toContain(said.replace('says ', ''));
  expect(await testGroup.watch('Bob', 'mom')).toEqual([]);
});

test('there are enough jokes, each once', () => {
  expect(yoMommaJokes.length).toBeGreaterThanOrEqual(20);
  expect(new Set(yoMommaJokes).size).toBe(yoMommaJokes.length);
  expect(yoMommaJokes.filter((joke) => !joke.startsWith('Yo momma is so '))).toEqual([]);
});

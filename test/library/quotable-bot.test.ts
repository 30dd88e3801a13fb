import { expect, test } from 'vitest';
import { quotes } from '../../src/library/quotes.ts';
import { TestGroup } from '../support/test-group.ts';

test.each(['!quote', '!INSPIRE', '!quotable'])(
  '"%s" gets one of the quotes with its author',
  async (body) => {
    const testGroup = await TestGroup.open({});
    await testGroup.attach('quotable', { cooldown: 60 });
    const lines = quotes.map(({ text, author }) => `says “${text}” – ${author}`);
    const [typing, said, ...rest] = await testGroup.watch('Bob', body);
    expect([typing, ...rest]).toEqual(['types', 'handled quotable']);
    expect(lines).toContain(said);
    expect(await testGroup.watch('Bob', body)).toEqual([]);
  },
);

test('a word behind the trigger is another message', async () => {
  const testGroup = await TestGroup.open({});
  await testGroup.attach('quotable');
  expect(await testGroup.watch('Bob', '!quote me')).toEqual([]);
});

test('there are enough quotes: short, each once, each of somebody', () => {
  expect(quotes.length).toBeGreaterThanOrEqual(20);
  expect(new Set(quotes.map(({ text }) => text)).size).toBe(quotes.length);
  for (const { text, author } of quotes) {
    expect([text, text.length < 80, author !== '']).toEqual([text, true, true]);
  }
});

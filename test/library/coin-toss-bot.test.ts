import { beforeAll, describe, expect, test } from 'vitest';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestGroup } from '../support/test-group.ts';

const hint = 'Guess one side, heads or tails, like [ !toss heads ].';

describe('CoinTossBot', () => {
  let testGroup: TestGroup;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    testGroup = await TestGroup.open({}, {}, atEnd);
    await testGroup.attach('coin_toss');
  });

  test.each(['!toss', '!headsOrTails', '!cointoss', '!TOSS '])('%j tosses', async (body) => {
    expect(await testGroup.watch('Bob', body)).toEqual([
      'types',
      expect.stringMatching(/^says The coin shows: (heads|tails)!$/),
      'handled coin_toss',
    ]);
  });

  test.each([
    ['!toss heads', 'heads'],
    ['!toss TAILS', 'tails'],
  ])('%j is a guess: who is right wins, and both happens', async (body, guess) => {
    const other = guess === 'heads' ? 'tails' : 'heads';
    const answers = new Set<string>();
    while (answers.size < 2) answers.add((await testGroup.say('Bob', body)).join());
    expect(answers).toEqual(
      new Set([`The coin shows: ${guess}! Bob wins!`, `The coin shows: ${other}! The bot wins!`]),
    );
  });

  test.each(['!toss edge', '!toss heads tails', '!toss heads!', '!toss head'])(
    '%j gets a hint',
    async (body) => {
      expect(await testGroup.watch('Bob', body)).toEqual([`says ${hint}`, 'handled coin_toss']);
    },
  );

  test('rests after a toss, not after a hint', async () => {
    const resting = await TestGroup.open({});
    await resting.attach('coin_toss', { cooldown: 900 });
    expect(await resting.say('Bob', '!toss edge')).toEqual([hint]);
    expect(await resting.say('Bob', '!toss')).toHaveLength(1);
    expect(await resting.say('Bob', '!toss')).toEqual([]);
  });

  test('is unique in its thread', async () => {
    await expect(testGroup.attach('coin_toss')).rejects.toThrow(
      'You may only have one ( Coin Toss ) in Lounge at a time.',
    );
  });
});

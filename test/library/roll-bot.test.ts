import { beforeAll, describe, expect, test } from 'vitest';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestGroup } from '../support/test-group.ts';

const hint = 'Give me no numbers or two whole ones, like [ !roll 1 6 ].';

describe('RollBot', () => {
  let testGroup: TestGroup;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    testGroup = await TestGroup.open({}, {}, atEnd);
    await testGroup.attach('roll');
  });

  test.each([
    ['!roll', 0, 100],
    ['!r', 0, 100],
    ['!ROLL', 0, 100],
    ['!roll 1 6', 1, 6],
    ['!r 6 1', 1, 6],
    ['!roll   -3\t3 ', -3, 3],
    ['!roll +5 5', 5, 5],
    ['!roll -99999999999999 99999999999999', -99_999_999_999_999, 99_999_999_999_999],
  ])('%j rolls between %d and %d', async (body, low, high) => {
    const [types, answer = ''] = await testGroup.watch('Bob', body);
    const [, from, to, rolled] = /^says Rolling \((\S+) - (\S+)\): (-?\d+)$/.exec(answer) ?? [];
    expect([types, Number(from), Number(to)]).toEqual(['types', low, high]);
    expect(Number(rolled)).toBeGreaterThanOrEqual(low);
    expect(Number(rolled)).toBeLessThanOrEqual(high);
  });

  test('reaches both ends', async () => {
    const rolled = new Set<string>();
    while (rolled.size < 2) rolled.add((await testGroup.say('Bob', '!roll 1 2')).join());
    expect([...rolled].sort()).toEqual(['Rolling (1 - 2): 1', 'Rolling (1 - 2): 2']);
  });

  test.each([
    '!roll 6',
    '!roll 1 2 3',
    '!roll one six',
    '!roll 1.5 2',
    '!roll 1 6!',
    '!roll 1e3 2',
    '!roll 999999999999999 1',
  ])('%j gets a hint', async (body) => {
    expect(await testGroup.watch('Bob', body)).toEqual([`says ${hint}`, 'handled roll']);
  });

  test.each(['!rolling', 'please !roll', '!rolls 1 6'])('%j is none of its business', async (body) => {
    expect(await testGroup.watch('Bob', body)).toEqual([]);
  });

  test('rests after a roll, not after a hint', async () => {
    const resting = await TestGroup.open({});
    await resting.attach('roll', { cooldown: 900 });
    expect(await resting.say('Bob', '!roll six')).toEqual([hint]);
    expect(await resting.say('Bob', '!roll 5 5')).toEqual(['Rolling (5 - 5): 5']);
    expect(await resting.say('Bob', '!roll 5 5')).toEqual([]);
  });

  test('is unique in its thread', async () => {
    await expect(testGroup.attach('roll')).rejects.toThrow(
      'You may only have one ( Roll Numbers ) in Lounge at a time.',
    );
  });
});

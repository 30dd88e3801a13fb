import { beforeAll, beforeEach, expect, test } from 'vitest';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestGroup } from '../support/test-group.ts';

const hint = 'Choose rock, paper or scissors, like [ !rps rock ].';
const loses: Record<string, string> = { rock: 'paper', paper: 'scissors', scissors: 'rock' };
const cooldown = 30;
let testGroup: TestGroup;
const atEnd = endAfterAll();

beforeAll(async () => {
  testGroup = await TestGroup.open({}, {}, atEnd);
  await testGroup.attach('rock_paper_scissors', { cooldown });
});
beforeEach(() => testGroup.clock.advance(cooldown * 1_000));

function verdict(mine: string, theirs: string, name: string): string {
  if (mine === theirs) return "It's a tie!";
  return loses[theirs] === mine ? 'The bot wins!' : `${name} wins!`;
}

test.each(['!rps', ' !RPS '])('"%s" shows a hand and rests', async (body) => {
  expect(await testGroup.watch('Bob', body)).toEqual([
    'types',
    expect.stringMatching(/^says The bot shows: (rock|paper|scissors)!$/),
    'handled rock_paper_scissors',
  ]);
  expect(await testGroup.watch('Bob', body)).toEqual([]);
});

test.each([
  ['rock', 'rock'],
  ['PAPER', 'paper'],
  ['sCiSSors', 'scissors'],
])('a game against "%s" names the winner, whichever hand comes', async (word, theirs) => {
  for (let game = 0; game < 20; game++) {
    testGroup.clock.advance(cooldown * 1_000);
    const [said = ''] = await testGroup.say('Bob', `!rps   ${word}`);
    const mine = /^The bot shows: (\w+)!/.exec(said)?.[1] ?? '';
    expect(Object.keys(loses)).toContain(mine);
    expect(said).toBe(`The bot shows: ${mine}! ${verdict(mine, theirs, 'Bob')}`);
  }
});

test.each(['lizard', 'rock paper', 'rocks', 'rock!', '-1', 'constructor'])(
  '"%s" is no hand: it says what is, and does not rest',
  async (word) => {
    expect(await testGroup.say('Bob', `!rps ${word}`)).toEqual([hint]);
    expect(await testGroup.say('Bob', '!rps rock')).toHaveLength(1);
  },
);

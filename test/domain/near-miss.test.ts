import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MatchMethod, matchMessage } from '../../src/domain/match.ts';
import { type NearMiss, nearMiss } from '../../src/domain/near-miss.ts';
import { nearMissText } from '../../src/domain/verdict-sentence.ts';
import { hardMethod, hardText, hardTrigger } from './hard-text.ts';

/** A near miss in words; the triggers are separated by `|`. */
const textOf = (method: MatchMethod, triggers: string, body: string): string => {
  const miss = nearMiss({ method, triggers: triggers.split('|') }, body);
  return miss === null ? 'it matches' : nearMissText(miss);
};

describe('a message that no trigger matches', () => {
  test.each<[MatchMethod, string, string, string]>([
    ['contains', 'hello', 'oh, hello there', 'it matches'],
    ['any', 'x', 'anything', 'it matches'],
    ['any', 'x', ' ', 'the message has no text'],
    ['contains', ' | ', 'hi', 'it has no triggers'],

    ['contains', 'hello', 'hello!', '"hello" is there, but "!" after it is no word boundary'],
    ['contains', 'hi', 'delphi stone', '"hi" is there, but "p" before it is no word boundary'],
    [
      'contains',
      'is',
      'thist',
      '"is" is there, but neither "h" before it nor "t" after it is a word boundary',
    ],
    ['contains', 'hi', 'this, hi!', '"hi" is there, but "!" after it is no word boundary'],
    ['contains', 'hi|hello', 'this hello?', '"hello" is there, but "?" after it is no word boundary'],
    ['contains', 'hi', 'hi😀', '"hi" is there, but "😀" after it is no word boundary'],
    ['contains', 'hi', '😀hi', '"hi" is there, but "😀" before it is no word boundary'],
    ['contains', 'hi', 'hi:smile:', '"hi" is there, but ":smile:" after it is no word boundary'],
    ['starts:with', '!hi', '!hithere !hi', '"!hi" is there, but "t" after it is no word boundary'],
    ['starts:with', '!hi', 'please !hi', '"!hi" is there, but not at the start'],
    ['exact', 'help', 'help me', '"help" is there, but is not the whole message'],

    ['contains', 'hello', 'oh Hello', 'only case differs: the trigger is "hello", the message has "Hello"'],
    ['exact', '!Roll', '!roll', 'only case differs: the trigger is "!Roll", the message has "!roll"'],
    ['contains:any', 'ROLL', 'unrolled', 'only case differs: the trigger is "ROLL", the message has "roll"'],
    [
      'contains',
      'hi|Hello',
      'this hello',
      'only case differs: the trigger is "Hello", the message has "hello"',
    ],
    ['exact', 'help', 'HELP me', '"help" is there, but is not the whole message, and case differs'],

    ['contains', 'hello|hey', 'well helo', 'nearest is "hello", but character 9 is "o" instead of "l"'],
    ['contains', 'hello', 'hell', 'nearest is "hello", but the message ends where "o" is expected'],
    [
      'contains',
      'good morning',
      'a good mornign',
      'nearest is "good morning", but character 13 is "g" instead of "n"',
    ],
    ['contains:caseless', 'HELLO', ' 😀 jello', 'nearest is "HELLO", but character 4 is "j" instead of "H"'],
    ['contains', '😀😀😀', '😀😁😀', 'nearest is "😀😀😀", but character 2 is "😁" instead of "😀"'],
    [
      'contains',
      '😀😀x😀',
      '😀:smile:😀',
      'nearest is "😀😀x😀", but character 2 is ":smile:" instead of "😀"',
    ],
    ['starts:with', '!roll|!rps', '!rol 2d6', 'nearest is "!roll", but character 5 is " " instead of "l"'],
    ['exact', 'help|!help', '!hlep', 'nearest is "!help", but character 3 is "l" instead of "e"'],
    ['exact', 'abc|abd', 'abxyz', 'nearest is "abc", but character 3 is "x" instead of "c"'],
    ['contains', 'hellp|hellx', 'hello', 'nearest is "hellp", but character 5 is "o" instead of "p"'],
    ['contains', 'hello|hi', 'good night', 'the message has nothing like "hello"'],
    ['contains', 'a', 'b', 'the message has nothing like "a"'],
  ])('%s of "%s" and "%s": %s', (method, triggers, body, text) => {
    expect(textOf(method, triggers, body)).toBe(text);
  });

  test('null has no text', () => {
    expect(nearMiss({ method: 'contains', triggers: ['hi'] }, null)).toMatchObject({
      reason: 'no_text',
      trigger: null,
    });
  });

  test('says where the trigger is, in characters of the message', () => {
    expect(nearMiss({ method: 'contains', triggers: ['hi'] }, ' 😀 hi!')).toEqual({
      reason: 'inside_word',
      trigger: 'hi',
      position: 4,
      expected: null,
      found: 'hi',
      before: null,
      after: '!',
      caseDiffers: false,
      distance: 0,
    });
  });

  test('is not compared in every part once that has cost too much', () => {
    const action = { method: 'contains', triggers: ['hello'] } as const;
    const budget = { left: 100 };
    expect(nearMiss(action, 'helo', budget)).toMatchObject({ reason: 'different', distance: 1 });
    expect(budget.left).toBeLessThan(100);
    expect(nearMiss(action, 'helo', { left: 10 })).toMatchObject({ reason: 'nothing_like_it' });
    const whole = nearMiss({ ...action, method: 'exact' }, 'helo', { left: 10 });
    expect(whole).toMatchObject({ reason: 'different', position: 4, distance: null });
  });

  test('an unknown method is an error, as in a match', () => {
    expect(() => nearMiss({ method: 'maybe' as MatchMethod, triggers: ['hi'] }, 'hi')).toThrow(TypeError);
  });
});

describe('for any method, triggers and message', () => {
  const input = [hardMethod, fc.array(hardTrigger, { maxLength: 4 }), hardText] as const;

  test('there is a near miss if and only if no trigger matches', () => {
    fc.assert(
      fc.property(...input, (method, triggers, body) => {
        const matches = (method === 'any' ? [''] : triggers).some((each) => matchMessage(method, each, body));
        expect(nearMiss({ method, triggers }, body) === null).toBe(matches);
      }),
      { numRuns: 2_000 },
    );
  });

  test('what it finds stands at its position, and what it expects is in the trigger', () => {
    fc.assert(
      fc.property(...input, (method, triggers, body) => {
        const miss = nearMiss({ method, triggers }, body);
        const whole = body.toWellFormed();
        if (miss !== null)
          expect(claimsOf(miss, triggers, whole)).toEqual({ trigger: true, found: true, expected: true });
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Whether what a near miss says can be seen in the triggers and the message. */
function claimsOf({ trigger, position, found, expected }: NearMiss, triggers: string[], body: string) {
  const rest = [...body].slice((position ?? 1) - 1).join('');
  return {
    trigger: trigger === null || triggers.includes(trigger),
    found: found === null || rest.startsWith(found.toWellFormed()),
    expected: expected === null || (trigger ?? '').toWellFormed().includes(expected.toWellFormed()),
  };
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { characters } from '../../../src/domain/characters.ts';
import { emojiTable } from '../../../src/domain/emoji-table.ts';
import { type MatchMethod, matchMessage } from '../../../src/domain/match.ts';
import { withoutSelectors } from '../../../src/domain/text.ts';
import { TriggerIndex } from '../../../src/domain/trigger-index.ts';
import { shortestMessage, triggerFindings } from '../../../src/services/linting/trigger-findings.ts';
import { hardMethod, hardText, hardTrigger } from '../../domain/hard-text.ts';
import { aListener } from '../../support/listeners.ts';

const limit = 5_000;

/** The trigger that a message fires first. */
const firstOf = (match: MatchMethod, triggers: readonly string[], body: string) =>
  new TriggerIndex([{ item: 0, method: match, triggers }]).match(body)[0]?.trigger;

describe('triggers of one listener', () => {
  test.each<[string, MatchMethod, string[], number, Array<[rule: string, witness: string]>]>([
    ['nothing wrong', 'contains', ['hi', 'hello'], limit, []],
    ['any, which has none', 'any', [], limit, []],
    ['the same in other letters', 'exact:caseless', ['HI', 'hi'], limit, [['duplicate-trigger', 'hi']]],
    ['other letters where case counts', 'exact', ['HI', 'hi'], limit, []],
    ['an emoji and its short code', 'contains', ['😄', ':smile:'], limit, [['duplicate-trigger', ':smile:']]],
    ['two forms of an emoji', 'exact', ['❤', '❤️'], limit, [['duplicate-trigger', '❤️']]],
    ['a word of an earlier one', 'contains', ['hi', 'hi there'], limit, [['shadowed-trigger', 'hi there']]],
    ['a word of a later one', 'contains', ['hi there', 'hi'], limit, []],
    ['a part of a word', 'contains', ['hi', 'this'], limit, []],
    ['a part of a word, anywhere', 'contains:any', ['hi', 'this'], limit, [['shadowed-trigger', 'this']]],
    ['the beginning', 'starts:with', ['!roll', '!roll 2d6'], limit, [['shadowed-trigger', '!roll 2d6']]],
    ['the beginning of a word', 'starts:with', ['!roll', '!rolls'], limit, []],
    ['the end', 'starts:with', ['all', 'hi all'], limit, []],
    ['other texts', 'exact', ['hi', 'hi there'], limit, []],
    ['a long one', 'exact', ['abc', 'abcd'], 3, [['long-trigger', 'abc']]],
    ['a long one of emojis', 'exact', ['😄😄😄', '😄😄😄😄'], 3, [['long-trigger', '😄😄😄']]],
    ['a long short code of a short emoji', 'exact', [':smile:'], 3, []],
    ['İ as two characters', 'exact:caseless', ['i\u0307i\u0307i\u0307'], 3, []],
  ])('%s', (_, match, triggers, most, expected) => {
    const found = triggerFindings(aListener({ match, triggers }), most);
    expect(found.map(({ rule, witness }) => [rule, witness])).toEqual(expected);
  });

  test('a witness of a duplicate or of a shadow fires only the first, as does every message that has it', () => {
    const listening = fc.record({
      match: hardMethod,
      triggers: fc.uniqueArray(hardTrigger, { maxLength: 6 }),
    });
    fc.assert(
      fc.property(listening, fc.array(hardText, { maxLength: 3 }), ({ match, triggers }, around) => {
        for (const { rule, witness } of triggerFindings(aListener({ match, triggers }), limit)) {
          const trigger = witness ?? '';
          const bodies = [trigger, ...around.flatMap((text) => [trigger + text, text + trigger])];
          for (const body of bodies) expect(firstOf(match, triggers, body)).not.toBe(trigger);
          if (rule !== 'invisible-trigger')
            expect(firstOf(match, triggers, trigger)).toEqual(expect.any(String));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('what is not reported fires by itself', () => {
    const listening = fc.record({
      match: hardMethod,
      triggers: fc.uniqueArray(hardTrigger, { maxLength: 6 }),
    });
    fc.assert(
      fc.property(listening, ({ match, triggers }) => {
        if (match === 'any') return;
        const reported = triggerFindings(aListener({ match, triggers }), limit).map(({ witness }) => witness);
        for (const trigger of triggers.filter((one) => !reported.includes(one)))
          expect(firstOf(match, triggers, trigger)).toBe(trigger);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the shortest message of a trigger', () => {
  test('no short code is shorter than its emoji', () => {
    const longer = [...emojiTable().byShortcode].filter(
      ([shortcode, { character }]) => characters(withoutSelectors(character)) > shortcode.length,
    );
    expect(longer).toEqual([]);
  });

  test('no message that fires a trigger is shorter', () => {
    fc.assert(
      fc.property(hardMethod, hardTrigger, hardText, (match, trigger, body) => {
        if (match === 'any' || !matchMessage(match, trigger, body)) return;
        expect(characters(body)).toBeGreaterThanOrEqual(shortestMessage({ match }, trigger));
      }),
      { numRuns: 2_000 },
    );
  });
});

import { describe, expect, test } from 'vitest';
import { type MatchMethod, matchMessage } from '../../../src/domain/match.ts';
import { formatTriggers, splitTriggers } from '../../../src/domain/triggers.ts';
import { writtenFindings } from '../../../src/services/linting/written-triggers.ts';

const check = (match: MatchMethod | null, written: string[]) =>
  writtenFindings({ handler: 'hello', name: 'hello', file: 'bots/HelloBot.ts', line: 3, match, written });

describe('triggers as they are written', () => {
  test.each<[string, MatchMethod | null, string[], Array<[rule: string, witness: string]>]>([
    ['nothing wrong', 'exact', ['hi', ' ho '], []],
    ['a comma, so that the whole does not fire', 'exact', ['oh, hi'], [['split-trigger', 'oh, hi']]],
    ['a comma, so that a part fires', 'contains', ['oh, hi'], [['split-trigger', 'hi']]],
    ['a bar, where the match method is chosen later', null, ['hi|ho'], [['split-trigger', 'ho']]],
    ['a comma at the end', 'exact', ['hi,'], [['split-trigger', 'hi,']]],
    ['nothing', 'exact', ['', 'hi'], [['invisible-trigger', '']]],
    ['blanks', 'exact', [' \t'], [['invisible-trigger', ' \t']]],
    ['only invisible characters', 'exact', ['\u200b\ufeff'], [['invisible-trigger', '\u200b\ufeff']]],
    ['only a separator', 'exact', ['|'], [['invisible-trigger', '|']]],
    ['the same twice', 'exact', ['hi', 'ho', ' hi'], [['duplicate-trigger', 'hi']]],
  ])('%s', (_, match, written, expected) => {
    expect(check(match, written).map(({ rule, witness }) => [rule, witness])).toEqual(expected);
  });

  test.each<[MatchMethod, string]>([
    ['exact', 'hi, there'],
    ['starts:with', 'hi|there'],
    ['contains', 'hi, there'],
    ['contains:any:caseless', 'Hi|There'],
  ])('with "%s" the witness of %j fires as a part or not at all', (match, text) => {
    const [found] = check(match, [text]);
    const witness = found?.witness ?? '';
    const parts = splitTriggers(formatTriggers(text));
    const fires = parts.some((part) => matchMessage(match, part, witness));
    expect(fires).toBe(witness !== text);
  });

  test('what cannot be seen is written in code points', () => {
    expect(check('exact', ['\u200b'])[0]?.message).toContain('the trigger "\\u{200b}" has nothing visible');
  });
});

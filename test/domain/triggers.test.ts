import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { trimInvisible } from '../../src/domain/invisible.ts';
import { formatTriggers, splitTriggers } from '../../src/domain/triggers.ts';
import { hardText } from './hard-text.ts';

describe('formatTriggers', () => {
  test.each([
    ['hello', 'hello'],
    ['hello|hi,hey', 'hello|hi|hey'],
    [['hello', 'hi|hey', 'a,b'], 'hello|hi|hey|a|b'],
    [' hello ,\u0085hi\u00a0| two words ', 'hello|hi|two words'],
    ['\ufeffhi', 'hi'],
    ['\u200bhi\u200e|\u200f,h\u200bi', 'hi|h\u200bi'],
    ['❤\ufe0f\u200b', '❤\ufe0f'],
    ['a||b,,|,c,', 'a|b|c'],
    [['b', 'a', 'b', ' a '], 'b|a'],
    [['a', 'A', 'á', 'a\u0301'], 'a|A|á|a\u0301'],
    ['0', '0'],
    [['1', '01', 1, 0, 2.5], '1|01|0|2.5'],
    [[], ''],
    [['', ' ', '|', ','], ''],
    [['a', null, undefined, true, { b: 1 }, ['c'], 'd'], 'a|d'],
    ['', ''],
    [null, ''],
    [undefined, ''],
    [42, ''],
    [true, ''],
    [{ 0: 'a', length: 1 }, ''],
  ])('%j is stored as %j', (value, expected) => {
    expect(formatTriggers(value)).toBe(expected);
  });
});

describe('splitTriggers', () => {
  test.each([
    [null, []],
    ['', []],
    ['0', ['0']],
    ['a|b c|d', ['a', 'b c', 'd']],
  ])('%j holds %j', (stored, expected) => {
    expect(splitTriggers(stored)).toEqual(expected);
  });
});

describe('properties', () => {
  const triggers = fc.array(fc.oneof(hardText, fc.string(), fc.constantFrom('|', ',', '1', '01')));

  test('storing what was stored changes nothing', () => {
    fc.assert(
      fc.property(triggers, (value) => {
        const stored = formatTriggers(value);
        expect(formatTriggers(stored)).toBe(stored);
        expect(formatTriggers(splitTriggers(stored))).toBe(stored);
        expect(formatTriggers(value.join('|'))).toBe(stored);
      }),
    );
  });

  test('stored triggers are trimmed, not empty, and each is there once', () => {
    fc.assert(
      fc.property(triggers, (value) => {
        const stored = splitTriggers(formatTriggers(value));
        expect(new Set(stored).size).toBe(stored.length);
        for (const trigger of stored) expect(trigger !== '' && trimInvisible(trigger) === trigger).toBe(true);
      }),
    );
  });
});

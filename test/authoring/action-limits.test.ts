import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  fixedTriggersProblem,
  messageText,
  payloadErrors,
  setActionLimits,
  triggerErrors,
  triggerListErrors,
} from '../../src/authoring/action-limits.ts';
import { defaultActionLimits } from '../../src/domain/limits.ts';
import { formatTriggers } from '../../src/domain/triggers.ts';

afterEach(() => setActionLimits(defaultActionLimits));

const setLimits = (more: Partial<typeof defaultActionLimits>) =>
  setActionLimits({ ...defaultActionLimits, ...more });

describe('triggers', () => {
  const tooLong = (field: string, most: number) => ({
    [field]: [`The ${field} field must not be greater than ${most} characters.`],
  });
  const tooMany = { triggers: ['The triggers field must not have more than 3 items.'] };

  test.each<[string, string[], object]>([
    ['of the longest length', ['abcde', '漢字漢字漢', '😀😀😀😀😀'], {}],
    ['with white space around them, which is not stored', ['  abcde\t', '\u200babcde\u200b'], {}],
    ['as one text, each of them short enough', ['abcde,fghij|klmno'], {}],
    ['that are too long', ['ok', '😀😀😀😀😀😀'], tooLong('triggers.1', 5)],
    ['one of which is too long in a text', ['a,abcdef|b'], tooLong('triggers.0', 5)],
    [
      'several of which are too long',
      ['abcdef', 'ok', 'abcdefg'],
      { ...tooLong('triggers.0', 5), ...tooLong('triggers.2', 5) },
    ],
    ['too many of them', ['a', 'b', 'c', 'd'], tooMany],
    ['too many of them in one text', ['a,b|c,d'], tooMany],
    ['many of them that are the same', ['a', 'a', ' a', 'a,a', 'b'], {}],
  ])('%s', (_, triggers, expected) => {
    setLimits({ triggers: 3, triggerLength: 5 });
    const given = triggers.map((text, index) => [`triggers.${index}`, text] as const);
    expect(triggerErrors(given, formatTriggers(triggers))).toEqual(expected);
  });

  test.each<[string, unknown, object]>([
    ['a short list', ['a', 'b', 'c'], {}],
    ['a list that is too long, whatever is in it', [1, null, {}, []], tooMany],
    ['a text, which is counted later', 'a,b,c,d', {}],
    ['nothing', undefined, {}],
    ['an object with a length', { length: 9 }, {}],
  ])('are counted before they are read: %s', (_, given, expected) => {
    setLimits({ triggers: 3 });
    expect(triggerListErrors(given)).toEqual(expected);
  });

  test.each<[string, Partial<typeof defaultActionLimits>, string[], string | undefined]>([
    ['by default', {}, ['x'.repeat(255)], undefined],
    ['by default', {}, ['x'.repeat(256)], 'it may hold at most 1000 triggers of at most 255 characters'],
    ['by default', {}, Array(1_000).fill('x'), undefined],
    ['by default', {}, Array(1_001).fill('x'), 'it may hold at most 1000 triggers of at most 255 characters'],
    [
      'below the defaults, for a handler must stay usable',
      { triggers: 1, triggerLength: 1 },
      ['ab', 'cd'],
      undefined,
    ],
    ['above the defaults', { triggerLength: 300 }, ['x'.repeat(300)], undefined],
    [
      'above the defaults',
      { triggerLength: 300 },
      ['x'.repeat(301)],
      'it may hold at most 1000 triggers of at most 300 characters',
    ],
  ])('that a handler fixes have limits: %s', (_, limits, triggers, problem) => {
    setLimits(limits);
    expect(fixedTriggersProblem(triggers)).toBe(problem);
  });
});

describe('a payload', () => {
  const circular: Record<string, unknown> = { text: 'x'.repeat(11) };
  circular.self = circular;
  test.each<[string, Record<string, unknown>, Record<string, string>]>([
    ['has texts of any shape', { a: 'x'.repeat(10), b: ['😀'.repeat(10)], c: { d: 1 } }, {}],
    [
      'has a text that is too long',
      { a_b: 'x'.repeat(11) },
      { a_b: 'a b field must not be greater than 10 characters' },
    ],
    [
      'has long texts inside, each named by its path',
      { list: ['ok', { deep: '😀'.repeat(11) }], other: { more: 'x'.repeat(11) } },
      {
        'list.1.deep': 'list.1.deep field must not be greater than 10 characters',
        'other.more': 'other.more field must not be greater than 10 characters',
      },
    ],
    [
      'is too large, which its largest field is told',
      { small: 1, large_list: Array(400).fill('ab'), medium: Array(100).fill('ab') },
      { large_list: 'large list field must not be greater than 1 kilobytes' },
    ],
    ['is exactly as large as allowed', { a: [...Array(168).fill('abc'), 'abcdef'] }, {}],
    [
      'is one byte larger',
      { a: [...Array(168).fill('abc'), 'abcdefg'] },
      { a: 'a field must not be greater than 1 kilobytes' },
    ],
  ])('%s', (_, fields, expected) => {
    setLimits({ payload: 1, payloadText: 10 });
    const sentences = Object.entries(expected).map(([path, rest]) => [path, [`The ${rest}.`]]);
    expect(payloadErrors(fields)).toEqual(Object.fromEntries(sentences));
  });

  test('that holds itself is searched only once', () => {
    setLimits({ payloadText: 10 });
    expect(Object.keys(payloadErrors(circular))).toEqual(['text']);
  });
});

test('a text that is sent as a message follows the limit, even if it was set after the rule was made', () => {
  const rule = messageText();
  setLimits({ message: 3 });
  const verdicts = ['', '😀😀😀', '😀😀😀😀'].map((text) => z.safeParse(rule, text).success);
  expect(verdicts).toEqual([true, true, false]);
});

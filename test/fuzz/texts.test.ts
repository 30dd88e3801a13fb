import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchMessage } from '../../src/domain/match.ts';
import { boundaryTexts } from '../../src/fuzz/texts.ts';

const samples = (triggers: readonly string[], limit = 5_000) =>
  fc.sample(boundaryTexts(triggers, limit), { numRuns: 3_000, seed: 1 });

test.each([
  ['the trigger alone', /^!up$/],
  ['the other trigger', /^shout$/],
  ['in other case', /^!UP$/],
  ['doubled', /^!up !up$/],
  ['doubled without a blank', /^!up!up$/],
  ['cut at the start', /^up$/],
  ['cut at the end', /^!u$/],
  ['with a delimiter before it', /^[.,:;"'] ?!up/],
  ['with a letter behind it', /^!upx/],
  ['with "!" behind it', /^!up!/],
  ['with an emoji beside it', /^👋!up/],
  ['with invisible characters in it', /!\u200bu\u200bp/],
  ['with a second line', /^!up\nsecond line$/],
  ['with a strange number', /^!up 99999999999999999999$/],
  ['very long', /^.{4990}/s],
])('a text around a trigger is %s', (_, expected) => {
  expect(samples(['!up', 'shout'])).toContainEqual(expect.stringMatching(expected));
});

test('an emoji is also written as its short code, and the other way round', () => {
  expect(samples(['👋', ':joy:'])).toEqual(expect.arrayContaining([':wave:', '😂']));
});

test('some texts match and some do not', () => {
  const matches = samples(['hello']).map((text) => matchMessage('contains', 'hello', text));
  expect(new Set(matches)).toEqual(new Set([true, false]));
});

test('none is longer than a message may be', () => {
  expect(Math.max(...samples(['!up'], 30).map((text) => [...text].length))).toBe(30);
});

test('without a trigger they are texts of all kinds', () => {
  expect(new Set(samples([])).size).toBeGreaterThan(500);
});

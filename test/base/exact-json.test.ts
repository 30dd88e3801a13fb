import { describe, expect, test } from 'vitest';
import { InexactNumber, isExact, parseExactJson, rejectLoss } from '../../src/base/exact-json.ts';

describe('JSON with a number that would change is refused', () => {
  test.each([
    '9007199254740993',
    '-9007199254740993',
    '{"id":12345678901234567890}',
    '[[{"a":[1,99999999999999999]}]]',
    '1e400',
    '{"a":-1e999}',
  ])('%s', (text) => {
    expect(() => parseExactJson(text)).toThrow(InexactNumber);
  });
});

describe('JSON without one is read as it is', () => {
  test.each([
    '9007199254740991',
    '-9007199254740991',
    '9007199254740992',
    '100000000000000000000',
    '0.1',
    '0.10000000000000001',
    '1.7976931348623157e308',
    '"9007199254740993"',
    '{"9007199254740993":"a \\" 9007199254740993"}',
    '[]',
    'null',
  ])('%s', (text) => {
    expect(parseExactJson(text)).toEqual(JSON.parse(text));
  });

  test('what is no JSON is a syntax error', () => {
    expect(() => parseExactJson('{9007199254740993}')).toThrow(SyntaxError);
  });
});

test.each([
  ['007', true],
  ['9007199254740993', false],
  ['1.5', true],
])('%s stays as it is: %s', (text, expected) => {
  expect(isExact(text)).toBe(expected);
});

test.each([
  [{ id: 10n }, 'BigInt in "id"'],
  [{ a: [Number.NaN] }, 'Number in "0"'],
  [new Map(), 'Map'],
])('what is lost is told: %#', (value, sentence) => {
  expect(() => JSON.stringify(value, rejectLoss)).toThrow(sentence);
});

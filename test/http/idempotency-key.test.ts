import { describe, expect, test } from 'vitest';
import { readKey } from '../../src/http/idempotency-key.ts';

describe('a key', () => {
  test.each([
    ['8e03978e-40d5', '8e03978e-40d5'],
    ['"8e03978e-40d5"', '8e03978e-40d5'],
    ['"with space, \\"quotes\\" and \\\\"', 'with space, "quotes" and \\'],
    ['  padded  ', 'padded'],
    ['!#$%', '!#$%'],
    ['a'.repeat(255), 'a'.repeat(255)],
  ])('%s', (header, key) => {
    expect(readKey(header)).toBe(key);
  });

  test('none', () => {
    expect(readKey(undefined)).toBeUndefined();
  });
});

describe('no key', () => {
  test.each([
    ['nothing', ''],
    ['white space', '  '],
    ['an empty text', '""'],
    ['a blank text', '"  "'],
    ['too long', 'a'.repeat(256)],
    ['too long in quotes', `"${'a'.repeat(256)}"`],
    ['two keys', 'a, b'],
    ['two texts', '"a", "b"'],
    ['white space inside', 'a b'],
    ['an open quote', '"a'],
    ['a quote inside', 'a"b'],
    ['letters beyond ASCII', 'schlüssel'],
    ['a control character', 'a\u0007b'],
  ])('%s', (_, header) => {
    expect(() => readKey(header)).toThrow(expect.objectContaining({ code: 'IDEMPOTENCY_KEY_INVALID' }));
  });
});

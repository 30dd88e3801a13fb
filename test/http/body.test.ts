import { expect, test } from 'vitest';
import { z } from 'zod';
import { text } from '../../src/domain/validation/text.ts';
import { checkedBody } from '../../src/http/body.ts';

test('checkedBody gives the fields in their own types, and drops the others', () => {
  const schema = z.object({ enabled: z.boolean(), size: z.int().optional() });
  expect(checkedBody(schema, { enabled: '1', other: 1 })).toEqual({ enabled: true });
  expect(() => checkedBody(schema, null)).toThrow('The enabled field is required.');
});

test.each([
  ['ab', true],
  ['😀', false],
  ['😀😀', true],
  ['a'.repeat(5), true],
  ['😀'.repeat(5), true],
  ['a'.repeat(6), false],
])('a text of 2 to 5 characters: %s is %s', (given, isGood) => {
  expect(text(2, 5).safeParse(given).success).toBe(isGood);
});

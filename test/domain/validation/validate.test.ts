import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { validateFields } from '../../../src/domain/validation/validate.ts';

const listOf = (count: number) => ({ items: Array(count).fill(true) });
const shape = { items: z.array(z.string()) };

// `test/domain/validation.test.ts` has the rules and their messages. Here is what hostile input meets.
describe('the number of errors', () => {
  test.each([
    [1, 1],
    [1_000, 1_000],
    [1_001, 1_000],
    [10_000, 1_000],
  ])('of %i wrong items is %i', (count, reported) => {
    const result = validateFields(shape, listOf(count));
    expect(Object.keys('errors' in result ? result.errors : {})).toHaveLength(reported);
  });
});

test.each<[unknown, unknown]>([
  ['9007199254740991', { values: { size: Number.MAX_SAFE_INTEGER } }],
  ['-9007199254740991', { values: { size: Number.MIN_SAFE_INTEGER } }],
  [
    '9007199254740993',
    {
      errors: {
        size: [
          'The size field must be between -9007199254740991 and 9007199254740991, since larger numbers are not kept exactly.',
        ],
      },
    },
  ],
  ['99999999999999999999x', { errors: { size: ['The size field must be a number.'] } }],
])('the text %j as a number', (size, expected) => {
  expect(validateFields({ size: z.number() }, { size })).toEqual(expected);
});

describe('names that every object has', () => {
  const fields = { constructor: z.string(), __defineGetter__: z.string() };

  test('are required like any other', () => {
    expect(validateFields(fields, {})).toEqual({
      errors: {
        constructor: ['The constructor field is required.'],
        __defineGetter__: [expect.stringMatching(/ field is required\.$/)],
      },
    });
  });

  test('have the value that was given', () => {
    const given = { constructor: 'a', __defineGetter__: 'b' };
    expect(validateFields(fields, given)).toEqual({ values: given });
  });

  test('given as a prototype are not read', () => {
    const given: unknown = JSON.parse('{"__proto__": {"name": "forged"}}');
    expect(validateFields({ name: z.string() }, given)).toEqual({
      errors: { name: ['The name field is required.'] },
    });
    expect(validateFields({ name: z.string() }, Object.create({ name: 'forged' }))).toHaveProperty('errors');
  });
});

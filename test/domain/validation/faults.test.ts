import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { faultOf, fieldPath, markIssue, plainIssues } from '../../../src/domain/validation/faults.ts';

/** The faults of a value in a field `max_size`, as `rule: message`. */
function faults(schema: z.core.$ZodType, value: unknown): string[] {
  const { error } = z.safeParse(z.object({ max_size: schema }), { max_size: value }, { error: markIssue });
  const issues = error?.issues.flatMap(plainIssues) ?? [];
  return issues.map((issue) => faultOf(issue, false)).map(({ rule, message }) => `${rule}: ${message}`);
}

const field = 'The max size field';

// `validation.test.ts` has the rules that handlers use most. These are the others.
test.each<[z.core.$ZodType, unknown, string]>([
  [z.bigint(), '1', `integer: ${field} must be an integer.`],
  [z.int32(), 2 ** 40, `max: ${field} must not be greater than 2147483647.`],
  [z.guid(), 'x', `uuid: ${field} must be a valid UUID.`],
  [z.ulid(), 'x', `ulid: ${field} must be a valid ULID.`],
  [z.ipv4(), '256.0.0.1', `ipv4: ${field} must be a valid IPv4 address.`],
  [z.ipv6(), 'x', `ipv6: ${field} must be a valid IPv6 address.`],
  [z.mac(), 'x', `mac_address: ${field} must be a valid MAC address.`],
  [z.iso.datetime(), 'x', `date: ${field} must be a valid date.`],
  [z.string().lowercase(), 'A', `lowercase: ${field} must be lowercase.`],
  [z.string().uppercase(), 'a', `uppercase: ${field} must be uppercase.`],
  [z.base64(), '?', `regex: ${field} format is invalid.`],
  [z.set(z.int()).min(1), new Set(), `min: ${field} must have at least 1 items.`],
  [z.map(z.string(), z.int()).max(0), new Map([['a', 1]]), `max: ${field} must not have more than 0 items.`],
  [
    z.date().max(new Date(0)),
    new Date(1),
    `max: ${field} must be a date before or equal to 1970-01-01T00:00:00.000Z.`,
  ],
  [z.bigint().gt(5n), 5n, `gt: ${field} must be greater than 5.`],
  [z.nonoptional(z.string().optional()), undefined, `required: ${field} is required.`],
  [z.function(), 1, `invalid: ${field} is invalid.`],
])('a rule that is broken has its message (row %#)', (schema, value, expected) => {
  expect(faults(schema, value)).toEqual([expected]);
});

describe('a fault', () => {
  const issue: z.core.$ZodIssue = {
    code: 'invalid_type',
    expected: 'number',
    path: ['max_size'],
    message: '',
  };

  test.each<[string, z.core.$ZodIssue, boolean, boolean, string]>([
    ['of a wrong type', issue, false, false, `numeric: ${field} must be a number.`],
    ['of nothing at all', issue, true, false, `required: ${field} is required.`],
    [
      'of a number that would lose digits',
      issue,
      false,
      true,
      `numeric: ${field} must be between -9007199254740991 and 9007199254740991, since larger numbers are not kept exactly.`,
    ],
    ['with a message of the author', { ...issue, message: 'Mine.' }, false, false, 'numeric: Mine.'],
    [
      'of nothing, with a message of the author',
      { ...issue, message: 'Mine.' },
      true,
      false,
      'required: Mine.',
    ],
  ])('%s', (_, given, isAbsent, isInexact, expected) => {
    const { rule, message } = faultOf(given, isAbsent, isInexact);
    expect(`${rule}: ${message}`).toBe(expected);
  });
});

test.each([
  [['replies', 0], 'replies.0'],
  [['a', 'b.c'], 'a.b.c'],
  [[Symbol('a')], 'Symbol(a)'],
  [[], ''],
])('the path %j is written %j', (path, expected) => {
  expect(fieldPath(path)).toBe(expected);
});

describe('where no option of a union fits', () => {
  const words = z.union([z.string(), z.array(z.string())]);

  test.each<[string, z.core.$ZodType, unknown, string[]]>([
    ['the closest one counts', words, ['a', 5], ['string: The max size.1 field must be a string.']],
    [
      'the closest one counts with all its faults',
      words,
      [1, 2],
      ['string: The max size.0 field must be a string.', 'string: The max size.1 field must be a string.'],
    ],
    [
      'the closest one counts in a union inside of a union',
      z.union([z.int(), words]),
      [5],
      ['string: The max size.0 field must be a string.'],
    ],
    [
      'the rule on which all agree counts',
      z.union([z.literal('a'), z.literal('b')]),
      'c',
      ['in: The selected max size is invalid.'],
    ],
    ['otherwise it is invalid', z.union([z.string(), z.int()]), true, [`invalid: ${field} is invalid.`]],
    ['the message of the author counts', z.union([z.string(), z.int()], 'Mine.'), true, ['invalid: Mine.']],
  ])('%s', (_, schema, value, expected) => {
    expect(faults(schema, value)).toEqual(expected);
  });
});

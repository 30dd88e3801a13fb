import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Messages, validateFields } from '../../src/domain/validation/validate.ts';

/** What one field of a schema makes of a value: the value, or its errors by path. */
function check(schema: z.core.$ZodType, value: unknown, messages?: Messages): unknown {
  const result = validateFields({ field: schema }, { field: value }, messages);
  return 'errors' in result ? result.errors : result.values.field;
}

const failing = (sentence: string, path = 'field') => ({ [path]: [sentence] });

test.each<[string, z.core.$ZodType, unknown, string]>([
  ['required', z.string(), undefined, 'The field field is required.'],
  ['required', z.string(), null, 'The field field is required.'],
  ['required', z.string(), ' ', 'The field field is required.'],
  ['required', z.coerce.string(), '', 'The field field is required.'],
  ['required', z.coerce.number(), '', 'The field field is required.'],
  ['required', z.enum(['a']), '', 'The field field is required.'],
  ['required', z.union([z.string(), z.int()]), null, 'The field field is required.'],
  ['required', z.array(z.string()).min(1), [], 'The field field is required.'],
  ['required', z.array(z.string()).min(1), '', 'The field field is required.'],
  ['required', z.array(z.string()).length(2), [], 'The field field is required.'],
  ['required', z.preprocess((value) => value, z.string().min(1)), '', 'The field field is required.'],
  ['string', z.string(), 5, 'The field field must be a string.'],
  ['string', z.email(), ['x'], 'The field field must be a string.'],
  ['integer', z.int(), 'abc', 'The field field must be an integer.'],
  ['integer', z.number().int(), 'abc', 'The field field must be an integer.'],
  ['integer', z.number().int(), 30.5, 'The field field must be an integer.'],
  ['integer', z.int(), Number.POSITIVE_INFINITY, 'The field field must be an integer.'],
  ['integer', z.int(), 1e20, 'The field field must be an integer.'],
  ['numeric', z.number(), 'abc', 'The field field must be a number.'],
  ['numeric', z.number(), Number.NaN, 'The field field must be a number.'],
  ['array', z.array(z.string()), 'abc', 'The field field must be an array.'],
  ['array', z.array(z.string()), { 0: 'a' }, 'The field field must be an array.'],
  ['array', z.tuple([z.string()]), 5, 'The field field must be an array.'],
  ['object', z.object({}), ['x'], 'The field field must be an object.'],
  ['required', z.object({}), [], 'The field field is required.'],
  ['object', z.record(z.string(), z.string()), 'x', 'The field field must be an object.'],
  ['boolean', z.boolean(), 'yes', 'The field field must be true or false.'],
  ['boolean', z.boolean(), 2, 'The field field must be true or false.'],
  ['date', z.coerce.date(), 'never', 'The field field must be a valid date.'],
  ['date', z.iso.date(), '2026-02-30', 'The field field must be a valid date.'],
  ['min', z.string().min(2), 'x', 'The field field must be at least 2 characters.'],
  ['max', z.string().max(2), 'xyz', 'The field field must not be greater than 2 characters.'],
  ['size', z.string().length(2), 'xyz', 'The field field must be 2 characters.'],
  ['min', z.array(z.string()).min(2), ['x'], 'The field field must have at least 2 items.'],
  ['max', z.array(z.string()).max(1), ['x', 'y'], 'The field field must not have more than 1 items.'],
  ['size', z.array(z.string()).length(2), ['x'], 'The field field must contain 2 items.'],
  ['min', z.int().min(1).max(10), '0', 'The field field must be at least 1.'],
  ['max', z.int().min(1).max(10), 11, 'The field field must not be greater than 10.'],
  ['gt', z.number().positive(), 0, 'The field field must be greater than 0.'],
  ['lt', z.number().lt(5), 5, 'The field field must be less than 5.'],
  ['multiple_of', z.number().multipleOf(5), 7, 'The field field must be a multiple of 5.'],
  [
    'min',
    z.coerce.date().min(new Date(0)),
    -1,
    'The field field must be a date after or equal to 1970-01-01T00:00:00.000Z.',
  ],
  ['in', z.enum(['a', 'b']), 'c', 'The selected field is invalid.'],
  ['in', z.literal('a'), 'c', 'The selected field is invalid.'],
  ['in', z.union([z.literal('a'), z.literal('b')]), 'c', 'The selected field is invalid.'],
  ['email', z.email(), 'x', 'The field field must be a valid email address.'],
  ['url', z.url(), 'x', 'The field field must be a valid URL.'],
  ['uuid', z.uuid(), 'x', 'The field field must be a valid UUID.'],
  ['regex', z.string().regex(/^a/), 'x', 'The field field format is invalid.'],
  [
    'starts_with',
    z.string().startsWith('a'),
    'x',
    'The field field must start with one of the following: a.',
  ],
  ['ends_with', z.string().endsWith('a'), 'x', 'The field field must end with one of the following: a.'],
  ['contains', z.string().includes('a'), 'x', 'The field field must contain a.'],
  ['keys', z.strictObject({}), { a: 1, b: 2 }, 'The field field must not contain a, b.'],
  ['invalid', z.union([z.string(), z.boolean()]), 5, 'The field field is invalid.'],
  ['invalid', z.string().refine(() => false), 'x', 'The field field is invalid.'],
  ['invalid', z.instanceof(URL), 'x', 'The field field is invalid.'],
])('refuses by the rule %s (row %#)', (rule, schema, value, sentence) => {
  expect(check(schema, value)).toEqual(failing(sentence));
  expect(check(schema, value, { [`field.${rule}`]: 'Mine.' })).toEqual(failing('Mine.'));
});

test.each<[string, z.ZodRawShape, unknown, unknown]>([
  [
    'underscores',
    { quote_original: z.boolean() },
    {},
    { quote_original: ['The quote original field is required.'] },
  ],
  ['camel case', { apiKey: z.string() }, {}, { apiKey: ['The api key field is required.'] }],
  [
    'list items',
    { replies: z.array(z.string()) },
    { replies: ['a', '', 5, null] },
    {
      'replies.1': ['The replies.1 field is required.'],
      'replies.2': ['The replies.2 field must be a string.'],
      'replies.3': ['The replies.3 field is required.'],
    },
  ],
  [
    'coerced items',
    { a: z.array(z.coerce.string()) },
    { a: [''] },
    { 'a.0': ['The a.0 field is required.'] },
  ],
  [
    'fields of fields',
    { options: z.object({ max_size: z.int() }) },
    { options: {} },
    { 'options.max_size': ['The options.max size field is required.'] },
  ],
  [
    'the option of a union that came closest',
    { words: z.union([z.string(), z.array(z.string())]) },
    { words: ['a', null] },
    { 'words.1': ['The words.1 field is required.'] },
  ],
  [
    'a discriminator',
    { shape: z.discriminatedUnion('kind', [z.object({ kind: z.literal('a'), size: z.int() })]) },
    { shape: { kind: 'b' } },
    { 'shape.kind': ['The selected shape.kind is invalid.'] },
  ],
  [
    'values of a record',
    { labels: z.record(z.string(), z.int()) },
    { labels: { a: null } },
    { 'labels.a': ['The labels.a field is required.'] },
  ],
  [
    'every rule that is broken, once',
    { code: z.string().min(3).regex(/^a/).regex(/^b/) },
    { code: 'x' },
    { code: ['The code field must be at least 3 characters.', 'The code field format is invalid.'] },
  ],
  [
    'the order of the shape',
    { b: z.string(), a: z.string() },
    { a: 1 },
    { b: ['The b field is required.'], a: ['The a field must be a string.'] },
  ],
])('names and orders %s', (_what, shape, input, errors) => {
  const result = validateFields(shape, input);
  expect(JSON.stringify(result)).toBe(JSON.stringify({ errors }));
});

test.each<[string, z.core.$ZodType, unknown, string]>([
  ['a check', z.string().min(2, 'Too short'), 'x', 'Too short'],
  ['a refinement', z.string().refine(() => false, 'Not that'), 'x', 'Not that'],
  ['a type', z.string('Text, please'), 5, 'Text, please'],
  ['a missing field', z.string('Text, please'), '', 'Text, please'],
  ['a union', z.union([z.string(), z.int()], 'Either'), true, 'Either'],
])('keeps the message an author wrote for %s', (_what, schema, value, sentence) => {
  expect(check(schema, value)).toEqual(failing(sentence));
});

describe('messages', () => {
  const replies = z.array(z.string()).min(1);

  test.each<[string, unknown, Messages, unknown]>([
    ['a field', [], { 'field.required': 'Mine.' }, failing('Mine.')],
    ['list positions', [''], { 'field.*.required': 'Mine.' }, failing('Mine.', 'field.0')],
    ['list positions only', [], { 'field.*.required': 'Mine.' }, failing('The field field is required.')],
    [
      'an exact path before *',
      [''],
      { 'field.*.required': '*', 'field.0.required': '0' },
      failing('0', 'field.0'),
    ],
    [
      'another position',
      ['a', ''],
      { 'field.0.required': '0' },
      failing('The field.1 field is required.', 'field.1'),
    ],
    ['* without a rule', [5], { 'field.*': 'Mine.' }, failing('Mine.', 'field.0')],
    ['* in place of the rule', [], { 'field.*': 'Mine.' }, failing('Mine.')],
    ['a field without a rule', [], { field: 'Mine.' }, failing('Mine.')],
    ['a rule for every field', [], { required: 'Mine.' }, failing('Mine.')],
    ['a field before a rule', [], { required: 'Any.', field: 'Mine.' }, failing('Mine.')],
    ['another rule', [], { 'field.string': 'Mine.' }, failing('The field field is required.')],
  ])('%s', (_what, value, messages, expected) => {
    expect(check(replies, value, messages)).toEqual(expected);
  });

  test('win over a message inside the schema', () => {
    expect(check(z.string().min(2, 'Too short'), 'x', { 'field.min': 'Mine.' })).toEqual(failing('Mine.'));
  });

  test('are never what every object inherits', () => {
    const result = validateFields({ toString: z.string().min(5) }, { toString: 'x' }, {});
    expect(result).toEqual({ errors: { toString: ['The to string field must be at least 5 characters.'] } });
  });
});

describe('validateFields', () => {
  test.each<[string, z.ZodRawShape, unknown, unknown]>([
    ['drops unknown fields', { a: z.string() }, { a: 'x', b: 'y' }, { a: 'x' }],
    [
      'drops unknown fields inside',
      { a: z.object({ b: z.int() }) },
      { a: { b: '1', c: 2 } },
      { a: { b: 1 } },
    ],
    ['leaves out optional fields', { a: z.string().optional(), b: z.int().optional() }, { a: '' }, {}],
    ['fills in defaults', { a: z.string().default('x') }, { a: null }, { a: 'x' }],
    ['keeps an accepted null', { a: z.string().nullable() }, { a: null }, { a: null }],
    ['keeps an empty list that has no minimum', { a: z.array(z.string()) }, { a: [] }, { a: [] }],
    ['transforms', { a: z.string().transform((text) => text.length) }, { a: 'äöü' }, { a: 3 }],
    ['has nothing to check', {}, { a: 1 }, {}],
    ['takes null as no fields', {}, null, {}],
    ['ignores what every object inherits', { constructor: z.string().optional() }, {}, {}],
  ])('%s', (_what, shape, input, values) => {
    expect(validateFields(shape, input)).toEqual({ values });
  });

  test.each([null, undefined, [], 'text', 5, new Map()])('takes %j as input without fields', (input) => {
    expect(validateFields({ a: z.string() }, input)).toEqual({ errors: { a: ['The a field is required.'] } });
  });

  test.each<[string, z.core.$ZodType]>([
    ['an asynchronous refinement', z.string().refine(async () => true)],
    ['an asynchronous transform', z.string().transform(async () => 'x')],
    ['one inside a union', z.union([z.string().refine(async () => true), z.literal('y')])],
  ])('says which field has %s', (_what, schema) => {
    expect(() => validateFields({ city: schema }, { city: 'x' })).toThrow(
      /The rule of the field "city" uses an asynchronous check\. .* Make the check synchronous/,
    );
  });

  test('says which rule is no schema', () => {
    const shape: z.ZodRawShape = { city: z.string() };
    Reflect.set(shape, 'city', ['required', 'string']);
    expect(() => validateFields(shape, {})).toThrow(/The rule of the field "city" is not a zod 4 schema/);
  });

  test('works with the schemas of another copy of zod, as a workspace may have one', () => {
    const other: typeof z = createRequire(import.meta.url)('zod');
    expect(other.object).not.toBe(z.object);
    const shape = { size: other.number().int(), city: other.string().optional() };
    expect(validateFields(shape, { size: '3', city: '' })).toEqual({ values: { size: 3 } });
    expect(validateFields(shape, { size: 'x', city: 5 })).toEqual({
      errors: {
        size: ['The size field must be an integer.'],
        city: ['The city field must be a string.'],
      },
    });
    const later = { city: other.string().refine(async () => true) };
    expect(() => validateFields(later, { city: 'x' })).toThrow(/asynchronous check/);
  });

  test('throws what a check of the author throws', () => {
    const schema = z.string().refine(() => {
      throw new TypeError('my own mistake');
    });
    expect(() => validateFields({ a: schema }, { a: 'x' })).toThrow(new TypeError('my own mistake'));
  });

  test('refuses what is nested too deeply for a recursive rule', () => {
    const deep: unknown = Array.from({ length: 100_000 }).reduce((inner) => [inner], 1);
    expect(check(z.json(), deep)).toEqual(failing('The field field is nested too deeply.'));
  });

  test('checks nested input in a time that grows with its size, not with a power of it', () => {
    const deep: unknown = Array.from({ length: 500 }).reduce((inner) => [inner], '1');
    expect(check(z.json(), deep)).toEqual(deep);
  });
});

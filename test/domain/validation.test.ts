import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { coerceInput } from '../../src/domain/validation/coerce.ts';
import { isMissing, type Messages, validateFields } from '../../src/domain/validation/validate.ts';

/** What one field of a schema makes of a value: the value, or its errors by path. */
function check(schema: z.core.$ZodType, value: unknown, messages?: Messages): unknown {
  const result = validateFields({ field: schema }, { field: value }, messages);
  return 'errors' in result ? result.errors : result.values.field;
}

const failing = (sentence: string, path = 'field') => ({ [path]: [sentence] });

test.each([
  [undefined, true],
  [null, true],
  ['', true],
  [' \t\u00a0\u3000\u0085', true],
  ['0', false],
  [0, false],
  [false, false],
  [[], false],
  [{}, false],
])('isMissing(%j) is %s', (value, expected) => {
  expect(isMissing(value)).toBe(expected);
});

describe('coerceInput', () => {
  const option = z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('a'), size: z.int() }),
    z.object({ kind: z.literal('b'), on: z.boolean() }),
  ]);
  const tree: z.ZodType = z.lazy(() => z.object({ size: z.int(), children: z.array(tree).optional() }));

  test.each<[string, z.core.$ZodType, unknown, unknown]>([
    ['whole number', z.int(), '30', 30],
    ['whole number', z.int(), ' 30 ', 30],
    ['whole number', z.int(), '-5', -5],
    ['whole number', z.int(), '+5', 5],
    ['whole number', z.int(), '-0', 0],
    ['whole number', z.int(), '030', '030'],
    ['whole number', z.int(), '030x', '030x'],
    ['whole number', z.int(), '1e3', '1e3'],
    ['whole number', z.int(), '0x10', '0x10'],
    ['whole number', z.int(), '30.0', '30.0'],
    ['whole number', z.int(), true, true],
    ['whole number', z.int32(), '30', 30],
    ['whole number', z.number().int(), '30.5', '30.5'],
    ['number', z.number(), '30.5', 30.5],
    ['number', z.number(), '.5', 0.5],
    ['number', z.number(), '1e3', '1e3'],
    ['number', z.number(), 'Infinity', 'Infinity'],
    ['number', z.number(), ['1'], ['1']],
    ['boolean', z.boolean(), true, true],
    ['boolean', z.boolean(), 1, true],
    ['boolean', z.boolean(), '1', true],
    ['boolean', z.boolean(), 0, false],
    ['boolean', z.boolean(), '0', false],
    ['boolean', z.boolean(), 'true', 'true'],
    ['boolean', z.boolean(), 2, 2],
    ['coerced boolean', z.coerce.boolean(), '0', false],
    ['text', z.string(), ' kept ', ' kept '],
    ['text', z.string(), '0', '0'],
    ['text', z.string(), 5, 5],
    ['missing', z.string(), '', undefined],
    ['missing', z.string(), ' \u3000', undefined],
    ['missing', z.int(), null, undefined],
    ['missing', z.array(z.int()), '', undefined],
    ['missing', z.string().optional(), '', undefined],
    ['missing', z.string().default('x'), null, undefined],
    ['null', z.string().nullable(), null, null],
    ['null', z.string().nullable(), ' ', null],
    ['null', z.string().nullable(), undefined, undefined],
    ['null', z.string().nullable().optional(), null, null],
    ['null', z.union([z.string(), z.null()]), '', null],
    ['null', z.unknown(), null, null],
    ['null', z.literal([null, 'a']), null, null],
    ['chosen empty text', z.union([z.literal(''), z.url()]), '', ''],
    ['chosen empty text', z.enum(['', 'a']).optional(), '', ''],
    ['through optional', z.int().optional(), '3', 3],
    ['through nullable', z.int().nullable(), '3', 3],
    ['through default', z.int().default(1), '3', 3],
    ['through prefault', z.int().prefault(1), '3', 3],
    ['through catch', z.int().catch(1), '3', 3],
    ['through readonly', z.int().readonly(), '3', 3],
    ['through transform', z.int().transform(String), '3', 3],
    ['through pipe', z.int().pipe(z.number().max(5)), '3', 3],
    ['through refine', z.int().refine(Boolean), '3', 3],
    ['through lazy', z.lazy(() => z.int()), '3', 3],
    ['a preprocess sees all', z.preprocess(String, z.string()), '', ''],
    ['a preprocess sees all', z.preprocess(String, z.int()), '3', '3'],
    ['list', z.array(z.int()), ['1', ' 2', '', null, 'x'], [1, 2, undefined, undefined, 'x']],
    ['list', z.array(z.int()), '1', '1'],
    ['list', z.array(z.int()), { 0: '1' }, { 0: '1' }],
    ['tuple', z.tuple([z.int(), z.boolean()], z.int()), ['1', '1', '1'], [1, true, 1]],
    ['object', z.object({ a: z.int() }), { a: '1', other: '1' }, { a: 1, other: '1' }],
    ['object', z.object({ a: z.int() }), { a: '' }, {}],
    ['object', z.object({ a: z.int() }), ['1'], ['1']],
    ['catchall', z.object({}).catchall(z.int()), { a: '1' }, { a: 1 }],
    ['record', z.record(z.string(), z.int()), { a: '1', b: '' }, { a: 1, b: undefined }],
    ['record', z.record(z.string(), z.int()), new Map([['a', '1']]), new Map([['a', '1']])],
    [
      'intersection',
      z.object({ a: z.int() }).and(z.object({ b: z.int() })),
      { a: '1', b: '2' },
      { a: 1, b: 2 },
    ],
    ['union keeps the type', z.union([z.int(), z.string()]), '30', '30'],
    ['union reads', z.union([z.int(), z.boolean()]), '1', 1],
    ['union reads', z.union([z.int().min(5), z.boolean()]), '1', true],
    ['union reads', z.union([z.array(z.int()), z.int()]), ['1'], [1]],
    ['union reads', z.union([z.array(z.string()), z.string()]), [''], [undefined]],
    ['union of objects', z.union([z.object({ a: z.int() }), z.object({ b: z.int() })]), { b: '1' }, { b: 1 }],
    ['union of objects', option, { kind: 'b', on: '1' }, { kind: 'b', on: true }],
    ['union of objects', option, { kind: 'c', size: '1' }, { kind: 'c', size: '1' }],
    ['number among literals', z.literal([1, 2]), '2', 2],
    ['number among literals', z.literal([1, 2]), '3', '3'],
    ['boolean literal', z.literal(false), '0', false],
    ['text literal', z.literal('2'), '2', '2'],
    ['numeric enum', z.enum({ Low: 1, High: 2 }), '2', 2],
    ['recursive', tree, { size: '1', children: [{ size: '2' }] }, { size: 1, children: [{ size: 2 }] }],
    ['date', z.date(), '2026-01-01', '2026-01-01'],
  ])('%s (row %#)', (_what, schema, value, expected) => {
    expect(coerceInput(schema, value)).toEqual(expected);
  });

  test('changes nothing it is given', () => {
    const input = Object.freeze({ list: Object.freeze(['1', '']), blank: '' });
    coerceInput(z.object({ list: z.array(z.int()), blank: z.string() }), input);
    expect(input).toEqual({ list: ['1', ''], blank: '' });
  });

  test('keeps a field __proto__ from becoming a prototype', () => {
    const input: unknown = JSON.parse('{"a": "1", "__proto__": {"polluted": "1"}}');
    const output = coerceInput(z.record(z.string(), z.unknown()), input);
    expect(Object.getPrototypeOf(output)).toBe(Object.prototype);
    expect(Reflect.get(Object(output), 'polluted')).toBeUndefined();
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

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

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { coerceInput, isMissing } from '../../src/domain/validation/coerce.ts';

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

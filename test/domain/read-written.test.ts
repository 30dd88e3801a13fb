import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { coerceInput } from '../../src/domain/validation/coerce.ts';
import { readWritten } from '../../src/domain/validation/read-written.ts';

describe('the rule decides how a text is read', () => {
  test.each<[string, z.ZodType, string, unknown]>([
    ['a text', z.string(), '12345', '12345'],
    ['a text', z.string(), '007', '007'],
    ['a text', z.string(), 'true', 'true'],
    ['a text', z.string(), 'null', 'null'],
    ['a text', z.string(), '["a"]', '["a"]'],
    ['a text', z.string(), '"hi"', '"hi"'],
    ['a text', z.string(), '1e3', '1e3'],
    ['a text', z.string(), '9007199254740993', '9007199254740993'],
    ['a text that may be left out', z.string().optional(), '12345', '12345'],
    ['a short text', z.string().max(3), '12345', '12345'],
    ['a number', z.number(), '12345', 12345],
    ['a number', z.number(), '1e3', 1000],
    ['a number', z.number(), '1.50', 1.5],
    ['a whole number', z.int(), ' 30 ', 30],
    ['a number', z.number(), 'many', 'many'],
    ['a switch', z.boolean(), 'true', true],
    ['a switch', z.boolean(), '0', false],
    ['a switch', z.coerce.boolean(), 'false', false],
    ['a switch with a default', z.boolean().default(true), 'false', false],
    ['a choice of texts', z.enum(['1', '2']), '1', '1'],
    ['a choice of numbers', z.literal([1, 2]), '1', 1],
    ['a text or a number', z.union([z.string(), z.number()]), '12345', '12345'],
    ['a number or a word', z.union([z.number(), z.literal('all')]), '12345', 12345],
    ['a number or a word', z.union([z.number(), z.literal('all')]), 'all', 'all'],
    ['a text or a list', z.union([z.string(), z.array(z.string())]), '["a"]', ['a']],
    ['a text or a list', z.union([z.string(), z.array(z.string())]), 'a', 'a'],
    ['a list', z.array(z.string()), '["1","2"]', ['1', '2']],
    ['a list', z.array(z.string()), 'a,b', 'a,b'],
    ['a number or nothing', z.number().nullable(), 'null', null],
    ['an object', z.object({ low: z.int() }), '{"low":1}', { low: 1 }],
    ['anything', z.unknown(), '{"a":1}', { a: 1 }],
    ['anything', z.unknown(), '12345', '12345'],
  ])('%s: %j %s', (_, schema, text, expected) => {
    expect(coerceInput(schema, readWritten(schema, text))).toEqual(expected);
  });
});

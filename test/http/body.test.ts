import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { text } from '../../src/domain/validation/text.ts';
import { checkedBody, readJson } from '../../src/http/body.ts';
import { nameField } from '../../src/http/fields.ts';

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('readJson', () => {
  test.each([
    ['', {}],
    [' \n', {}],
    ['{"a":" b ","c":[" d ",{"e":"\\t"}]}', { a: 'b', c: ['d', { e: '' }] }],
    ['"text"', 'text'],
    ['7', 7],
  ])('reads %j as %j', (given, expected) => {
    expect(readJson(Buffer.from(given))).toEqual(expected);
  });

  test('keeps a field __proto__ a field', () => {
    const body = readJson(Buffer.from('{"__proto__":{"admin":true}}'));
    expect(Object.getOwnPropertyNames(body)).toEqual(['__proto__']);
    expect(Reflect.get(Object.create(null, Object.getOwnPropertyDescriptors(body)), 'admin')).toBeUndefined();
  });

  test.each([
    [Buffer.from('{"a":'), 'The body is not valid JSON.'],
    [Buffer.from([0x22, 0xc3, 0x28, 0x22]), 'The body is not UTF-8.'],
    [Buffer.from(nested(66)), 'The body is nested too deeply.'],
    [Buffer.from(nested(100_000)), 'The body is nested too deeply.'],
  ])('refuses %o', (given, problem) => {
    expect(() => readJson(given)).toThrow(problem);
  });

  test('reads what is nested as deeply as it may be', () => {
    expect(JSON.stringify(readJson(Buffer.from(nested(64))))).toBe(nested(64));
  });
});

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

test.each([
  [12, '12'],
  ['Robbie', 'Robbie'],
])('the name %j is %j', (given, expected) => {
  expect(nameField.parse(given)).toBe(expected);
});

import { describe, expect, test } from 'vitest';
import { readJson } from '../../src/api/json-body.ts';

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

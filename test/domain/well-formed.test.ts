import { describe, expect, test } from 'vitest';
import { mapTexts, wellFormed } from '../../src/domain/well-formed.ts';

describe('wellFormed', () => {
  test.each<[string, unknown, unknown]>([
    ['a text', 'a\ud800', 'a\ufffd'],
    ['both halves in the wrong order', '\ude04\ud83d', '\ufffd\ufffd'],
    ['a whole pair', '😄', '😄'],
    ['a list', ['\ud800', ['\udc00']], ['\ufffd', ['\ufffd']]],
    ['the fields of an object', { a: { b: '\ud800' } }, { a: { b: '\ufffd' } }],
    ['the names of fields', { 'a\ud800': 1 }, { 'a\ufffd': 1 }],
    ['two names that become one: the later field stays', { '\ud800': 1, '\ud801': 2 }, { '\ufffd': 2 }],
    ['values that are no texts', [null, undefined, true, 0, 1n], [null, undefined, true, 0, 1n]],
  ])('%s', (_, value, expected) => {
    expect(wellFormed(value)).toEqual(expected);
  });

  test('leaves bytes, dates and other objects as they are', () => {
    const values = [new Uint8Array([1]), new Date(0), new Map([['\ud800', 1]])];
    const copies = wellFormed(values);
    for (const [index, value] of values.entries()) expect(copies[index]).toBe(value);
  });

  test('does not change what it is given', () => {
    const value = Object.freeze({ list: Object.freeze(['\ud800']) });
    wellFormed(value);
    expect(value).toEqual({ list: ['\ud800'] });
  });

  test('keeps a field __proto__ a field', () => {
    const copy = wellFormed<unknown>(JSON.parse('{"__proto__": {"admin": true}}'));
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"admin":true}}');
  });
});

test('mapTexts changes every text that is well-formed by then, but no name of a field', () => {
  const seen: string[] = [];
  const changed = mapTexts({ a: ['x\ud800', 5], b: { c: 'y' } }, (text) => {
    seen.push(text);
    return text.toUpperCase();
  });
  expect(changed).toEqual({ a: ['X\ufffd', 5], b: { c: 'Y' } });
  expect(seen).toEqual(['x\ufffd', 'y']);
});

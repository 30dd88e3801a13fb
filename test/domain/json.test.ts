import { describe, expect, test } from 'vitest';
import { isJson } from '../../src/domain/json.ts';

/** A list inside of this many lists. */
const nested = (levels: number): unknown =>
  Array(levels)
    .fill(0)
    .reduce((inner: unknown) => [inner], []);

const shared = { a: 1 };

const circular: Record<string, unknown> = {};
circular.self = circular;

test.each<[string, unknown]>([
  ['null', null],
  ['true', true],
  ['an empty text', ''],
  ['half a surrogate pair, which JSON can escape', '\ud83d'],
  ['zero', 0],
  ['a fraction', -0.5],
  ['the largest number', Number.MAX_VALUE],
  ['an empty list', []],
  ['an empty object', {}],
  ['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
  ['everything at once', { list: [1, 'a', null, { deep: [false] }] }],
  ['ninety-nine lists inside a list', nested(99)],
  ['one object twice', [shared, shared]],
])('JSON can represent %s', (_, value) => {
  expect(isJson(value)).toBe(true);
  expect(JSON.parse(JSON.stringify(value))).toEqual(value);
});

describe('JSON would change or lose', () => {
  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['not a number', Number.NaN],
    ['infinity', Number.NEGATIVE_INFINITY],
    ['a bigint', 1n],
    ['a symbol', Symbol('a')],
    ['a function', () => 1],
    ['a Date', new Date(0)],
    ['a Map', new Map()],
    ['a Set', new Set()],
    ['bytes', new Uint8Array(1)],
    ['an Error', new Error('a')],
    ['a Promise', Promise.resolve(1)],
    ['a pattern', /a/],
    ['a text object', new String('a')],
    ['a hole in a list', Array(2)],
    ['undefined in a list', [undefined]],
    ['undefined in a field', { a: undefined }],
    ['something deep inside', { a: [{ b: [new Date(0)] }] }],
    ['an object inside of itself', circular],
    ['a hundred lists inside a list', nested(100)],
  ])('%s', (_, value) => {
    expect(isJson(value)).toBe(false);
  });
});

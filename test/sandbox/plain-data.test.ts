import { describe, expect, test } from 'vitest';
import { isPlainData } from '../../src/sandbox/plain-data.ts';

/** A value inside this many lists or objects. */
const nested = (levels: number, wrap: (inner: unknown) => unknown): unknown =>
  Array(levels)
    .fill(0)
    .reduce((inner: unknown) => wrap(inner), 1);

const throwing = () => {
  throw new Error('no entry');
};

/** A list that holds the same list twice, which holds the same list twice, and so on. */
const doubled = nested(40, (inner) => [inner, inner]);

const circular: unknown[] = [];
circular.push(circular);

const million = 1_000_000;
const mostCharacters = 16_777_216;

describe('is plain data', () => {
  test.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a number that JSON has not', Number.NaN],
    ['a text', 'a\ud800\u0000'],
    ['bytes', new Uint8Array(3)],
    ['bytes of Node', Buffer.from('a')],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
    ['a list with holes', Array(3)],
    ['a field named __proto__', JSON.parse('{"__proto__": {"a": 1}}')],
    ['an object that is there twice', Array(2).fill({ a: 1 })],
    ['everything at once', { list: [1, null, { bytes: new Uint8Array(1), text: 'a' }], flag: true }],
    ['lists up to the deepest', nested(100, (inner) => [inner])],
    ['objects up to the deepest', nested(100, (inner) => ({ inner }))],
    ['as many values as allowed, with the list itself', Array(million - 1).fill(0)],
    ['as many characters as allowed', 'x'.repeat(mostCharacters)],
  ])('%s', (_, value) => {
    expect(isPlainData(value)).toBe(true);
  });
});

describe('is not plain data', () => {
  test.each<[string, unknown]>([
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
    ['a bigint', 1n],
    ['a Date', new Date(0)],
    ['a Map', new Map()],
    ['an Error', new Error('a')],
    ['an object of a class', new (class Point {})()],
    ['an object with a prototype of its own', Object.create({ a: 1 })],
    ['numbers of two bytes', new Uint16Array(1)],
    ['a buffer without a view', new ArrayBuffer(1)],
    ['a Proxy', new Proxy({}, {})],
    ['a Proxy of a list', new Proxy([], {})],
    ['a Proxy that throws', new Proxy({}, { ownKeys: throwing, getPrototypeOf: throwing })],
    ['a getter that throws', Object.defineProperty({}, 'a', { enumerable: true, get: throwing })],
    ['a function deep inside', { a: [{ b: [() => 1] }] }],
    ['one list too deep', nested(101, (inner) => [inner])],
    ['one object too deep', nested(101, (inner) => ({ inner }))],
    ['a list inside of itself', circular],
    ['a list that would grow without limit as JSON', doubled],
    ['one value too many', Array(million).fill(0)],
    ['a list of a billion holes', Array(1_000_000_000)],
    ['one character too many', 'x'.repeat(mostCharacters + 1)],
    ['texts that are too long together', Array(3).fill('x'.repeat(mostCharacters / 2))],
    ['names of fields that are too long', { ['x'.repeat(mostCharacters)]: 'y' }],
  ])('%s', (_, value) => {
    expect(isPlainData(value)).toBe(false);
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { askedRange } from '../../src/http/byte-range.ts';

test.each<[string | undefined, ReturnType<typeof askedRange>]>([
  [undefined, 'all'],
  ['', 'all'],
  ['bytes=0-9', { start: 0, end: 9 }],
  ['bytes=0-', { start: 0, end: 9 }],
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=9-9', { start: 9, end: 9 }],
  ['bytes=4-100', { start: 4, end: 9 }],
  ['bytes=4-99999999999999999999', { start: 4, end: 9 }],
  ['bytes=-1', { start: 9, end: 9 }],
  ['bytes=-10', { start: 0, end: 9 }],
  ['bytes=-11', { start: 0, end: 9 }],
  ['bytes=-0', 'nothing'],
  ['bytes=10-', 'nothing'],
  ['bytes=10-20', 'nothing'],
  ['bytes=99999999999999999999-', 'nothing'],
  // What is invalid, or more than one range, selects the whole file.
  ['bytes=-', 'all'],
  ['bytes=5-4', 'all'],
  ['bytes=0-1,3-4', 'all'],
  ['bytes= 0-1', 'all'],
  ['bytes=0x1-2', 'all'],
  ['bytes=1.5-2', 'all'],
  ['bytes=--1', 'all'],
  ['items=0-1', 'all'],
  ['Bytes=0-1', 'all'],
])('of ten bytes, "%s" selects %j', (header, expected) => {
  expect(askedRange(header, 10)).toEqual(expected);
});

test.each(['bytes=0-', 'bytes=0-0', 'bytes=-1'])('an empty file has no part: %s', (header) => {
  expect(askedRange(header, 0)).toBe('nothing');
});

test('a range is never outside of the file', () => {
  const number = fc.option(fc.nat(30), { nil: '' });
  fc.assert(
    fc.property(number, number, fc.nat(20), (from, to, size) => {
      const range = askedRange(`bytes=${from}-${to}`, size);
      if (range === 'all' || range === 'nothing') return true;
      return range.start >= 0 && range.start <= range.end && range.end < size;
    }),
  );
});

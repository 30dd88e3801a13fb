import { describe, expect, test } from 'vitest';
import { boundErrors, fieldLines } from '../../src/base/field-errors.ts';

const throwing = () => {
  throw new Error('no entry');
};

test.each<[string, unknown, unknown]>([
  [
    'errors as they should be',
    { a: ['No.', 'Never.'], 'b.0': ['No.'] },
    { a: ['No.', 'Never.'], 'b.0': ['No.'] },
  ],
  ['none', {}, {}],
  ['no object', 'No.', {}],
  ['null', null, {}],
  ['undefined', undefined, {}],
  ['a text in place of a list', { a: 'No.' }, { a: ['No.'] }],
  ['a list without a message', { a: [] }, { a: [] }],
  ['values that are no texts', { a: [1, null, { b: 1 }] }, { a: ['1', 'null', '[object Object]'] }],
  ['a list of lists', { a: [['No.'], 'Never.'] }, { a: ['No.', 'Never.'] }],
  [
    'a value that has no text',
    { a: [Object.create(null)] },
    { a: ['What is wrong with it cannot be read.'] },
  ],
  ['a value that throws', { a: { toString: throwing } }, { a: ['What is wrong with it cannot be read.'] }],
  ['a Proxy that throws', new Proxy({}, { ownKeys: throwing }), {}],
  ['a field that throws', Object.defineProperty({}, 'a', { enumerable: true, get: throwing }), {}],
  ['a list in place of an object', ['No.'], { 0: ['No.'] }],
])('an author may return %s', (_, errors, expected) => {
  expect(boundErrors(errors)).toEqual(expected);
});

describe('the size is limited', () => {
  test('for the name of a field and for a message', () => {
    const [[field = '', sentences] = []] = Object.entries(
      boundErrors({ ['f'.repeat(300)]: ['s'.repeat(2_000)] }),
    );
    expect(field).toBe(`${'f'.repeat(254)}…`);
    expect(sentences).toEqual([`${'s'.repeat(999)}…`]);
  });

  test('for the messages of a field', () => {
    const many = Array.from({ length: 20 }, (_, index) => `No. ${index}`);
    expect(boundErrors({ a: many }).a).toEqual(many.slice(0, 10));
  });

  /** This many fields, each with a message of the longest kind. */
  const fields = (count: number): Record<string, string[]> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`field ${index}`, ['s'.repeat(2_000)]]));

  test.each([
    [65, undefined],
    [66, 'The errors of 1 more field were left out.'],
    [100, 'The errors of 35 more fields were left out.'],
    [1_000, 'The errors of 935 more fields were left out.'],
  ])('for all %i fields together, with the number of those that are missing', (count, note) => {
    const bounded = boundErrors(fields(count));
    expect(bounded['field 64']).toEqual([`${'s'.repeat(999)}…`]);
    expect(bounded['field 65']).toBeUndefined();
    expect(bounded['…']).toEqual(note && [note]);
  });

  test('for all together, not below the limit', () => {
    // 64 fields of 24 + 1,000 characters.
    const exact = Array.from({ length: 64 }, (_, index) => [
      String(index).padStart(24, '-'),
      's'.repeat(1_000),
    ]);
    expect(boundErrors(Object.fromEntries(exact))).not.toHaveProperty('…');
    expect(boundErrors(Object.fromEntries([...exact, ['a', '']]))).toHaveProperty('…');
  });

  test.each([10, 66, 100])('once: %i fields that were limited stay as they are', (count) => {
    const bounded = boundErrors(fields(count));
    expect(boundErrors(bounded)).toEqual(bounded);
  });
});

test('a field __proto__ is a field', () => {
  const bounded = boundErrors(JSON.parse('{"__proto__": ["No."]}'));
  expect(Object.getPrototypeOf(bounded)).toBe(Object.prototype);
  expect(JSON.stringify(bounded)).toBe('{"__proto__":["No."]}');
});

test('errors are printed field by field, each with all its messages', () => {
  expect(fieldLines({ a: ['No.', 'Never.'], 'b.0': ['No.'], c: [] })).toEqual([
    'a: No. Never.',
    'b.0: No.',
    'c: ',
  ]);
  expect(fieldLines({})).toEqual([]);
});

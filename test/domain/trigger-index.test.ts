import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MatchMethod, matchMessage } from '../../src/domain/match.ts';
import { type IndexedTriggers, TriggerIndex } from '../../src/domain/trigger-index.ts';
import { hardMethod, hardText, hardTrigger } from './hard-text.ts';

type Row = readonly [item: string, method: MatchMethod, ...triggers: string[]];

const indexOf = (rows: readonly Row[]) =>
  new TriggerIndex(rows.map(([item, method, ...triggers]) => ({ item, method, triggers })));

const answer = (rows: readonly Row[], body: string | null) =>
  indexOf(rows)
    .match(body)
    .map(({ item, trigger }) => [item, trigger]);

/** What the index promises, in the slowest way. */
function oneByOne<T>(entries: readonly IndexedTriggers<T>[], body: string | null) {
  return entries.flatMap(({ item, method, triggers }) => {
    const trigger = method === 'any' ? null : triggers.find((each) => matchMessage(method, each, body));
    const matches = method === 'any' ? matchMessage('any', '', body) : trigger !== undefined;
    return matches ? [{ item, trigger: trigger ?? null }] : [];
  });
}

describe('TriggerIndex', () => {
  test.each<[string, Row[], string | null, Array<[string, string | null]>]>([
    ['nothing', [], 'hi', []],
    [
      'no text',
      [
        ['a', 'any'],
        ['b', 'exact', 'hi'],
      ],
      null,
      [],
    ],
    ['blank text', [['a', 'any']], ' \u0085', []],
    ['any has no trigger', [['a', 'any', 'x']], 'hi', [['a', null]]],
    [
      'items in the order given',
      [
        ['b', 'exact', 'hi'],
        ['a', 'any'],
        ['c', 'contains', 'hi'],
      ],
      'hi',
      [
        ['b', 'hi'],
        ['a', null],
        ['c', 'hi'],
      ],
    ],
    ['an item fires once', [['a', 'contains', 'x', 'hi', 'you']], 'you hi hi', [['a', 'hi']]],
    [
      'the first stored trigger wins, not the first in the text',
      [['a', 'contains:any', 'you', 'hi']],
      'hi you',
      [['a', 'you']],
    ],
    [
      'many share a trigger',
      [
        ['a', 'contains', 'hi'],
        ['b', 'contains', 'hi'],
        ['c', 'contains', 'ho', 'hi'],
      ],
      'hi',
      [
        ['a', 'hi'],
        ['b', 'hi'],
        ['c', 'hi'],
      ],
    ],
    [
      'overlapping triggers',
      [
        ['a', 'contains:any', 'aab'],
        ['b', 'contains:any', 'ab'],
        ['c', 'contains:any', 'b', 'aa'],
      ],
      'aaab',
      [
        ['a', 'aab'],
        ['b', 'ab'],
        ['c', 'b'],
      ],
    ],
    [
      'a word behind the same letters inside a word',
      [
        ['a', 'contains', 'hi'],
        ['b', 'contains', 'this'],
      ],
      'thishi hi',
      [['a', 'hi']],
    ],
    [
      'words in words',
      [
        ['a', 'contains', 'a b a'],
        ['b', 'contains', 'b a'],
        ['c', 'contains', 'a'],
      ],
      'a b a',
      [
        ['a', 'a b a'],
        ['b', 'b a'],
        ['c', 'a'],
      ],
    ],
    [
      'starts',
      [
        ['a', 'starts:with', '!h', '!hi'],
        ['b', 'starts:with', '!hi there'],
      ],
      '!hi there',
      [
        ['a', '!hi'],
        ['b', '!hi there'],
      ],
    ],
    ['starts, and is followed by more', [['a', 'starts:with', '!hi']], '!hithere !hi', []],
    [
      'the trigger is given back as stored',
      [
        ['a', 'exact:caseless', 'HI'],
        ['b', 'exact', ':wave:'],
      ],
      'hi',
      [['a', 'HI']],
    ],
    [
      'emoji and short code',
      [
        ['a', 'exact', ':smile:', '😄'],
        ['b', 'contains:any', '😄', ':smile:'],
      ],
      '😄',
      [
        ['a', ':smile:'],
        ['b', '😄'],
      ],
    ],
    ['the same trigger twice', [['a', 'exact', 'hi', 'hi']], 'hi', [['a', 'hi']]],
    ['an empty trigger', [['a', 'contains:any', '', 'hi']], 'hi', [['a', 'hi']]],
    [
      'the same item in two entries',
      [
        ['a', 'exact', 'hi'],
        ['a', 'contains', 'hi'],
      ],
      'hi',
      [
        ['a', 'hi'],
        ['a', 'hi'],
      ],
    ],
  ])('%s', (_, rows, body, expected) => {
    expect(answer(rows, body)).toEqual(expected);
  });

  test('can be asked again and gives the same answer', () => {
    const index = indexOf([
      ['a', 'contains:any', 'a', 'aa'],
      ['b', 'contains', 'a'],
    ]);
    const first = index.match('aaa a');
    expect(index.match('nothing')).toEqual([{ item: 'a', trigger: 'a' }].slice(1));
    expect(index.match('aaa a')).toEqual(first);
  });

  test('an unknown method is an error', () => {
    expect(() => indexOf([['a', 'regex' as MatchMethod, 'a']])).toThrow(TypeError);
  });
});

describe('the cost of a message', () => {
  test('triggers that end one another are each looked at once', () => {
    const triggers = Array.from({ length: 1_000 }, (_, length) => 'a'.repeat(length + 1));
    const index = new TriggerIndex(
      triggers.map((trigger) => ({
        item: trigger.length,
        method: 'contains:any' as const,
        triggers: [trigger],
      })),
    );
    const started = performance.now();
    expect(index.match('a'.repeat(100_000))).toHaveLength(1_000);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('properties', () => {
  const entry = fc.record({
    item: fc.integer({ min: 0, max: 9 }),
    method: hardMethod,
    triggers: fc.array(hardTrigger, { maxLength: 5 }),
  });

  test('agrees with matchMessage, trigger by trigger', () => {
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 12 }),
        fc.array(hardText, { minLength: 1, maxLength: 4 }),
        (entries, bodies) => {
          const index = new TriggerIndex(entries);
          for (const body of bodies) expect(index.match(body)).toEqual(oneByOne(entries, body));
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('finds a trigger that was cut out of the message', () => {
    const cut = fc.record({
      body: hardText,
      start: fc.nat(30),
      length: fc.integer({ min: 1, max: 6 }),
      method: hardMethod,
    });
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 8 }), (cuts) => {
        const entries = cuts.map(({ body, start, length, method }, item) => ({
          item,
          method,
          triggers: [body.slice(start, start + length), body.slice(0, length)],
        }));
        const index = new TriggerIndex(entries);
        for (const { body } of cuts) expect(index.match(body)).toEqual(oneByOne(entries, body));
      }),
      { numRuns: 1000 },
    );
  });

  test('agrees on two letters and a blank, where triggers overlap most', () => {
    const text = (maxLength: number) => fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength });
    const overlapping = fc.record({
      item: fc.nat(9),
      method: hardMethod,
      triggers: fc.array(text(6), { maxLength: 9 }),
    });
    fc.assert(
      fc.property(fc.array(overlapping, { maxLength: 9 }), text(40), (entries, body) => {
        expect(new TriggerIndex(entries).match(body)).toEqual(oneByOne(entries, body));
      }),
      { numRuns: 1500 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TriggerIndex } from '../../../src/domain/trigger-index.ts';
import { answeringTogether } from '../../../src/services/linting/answering-together.ts';
import type { Listener } from '../../../src/services/linting/listeners.ts';
import { hardMethod, hardTrigger } from '../../domain/hard-text.ts';
import { aListener } from '../../support/listeners.ts';

type Row = readonly [name: string, match: Listener['match'], ...triggers: string[]];

const listenersOf = (rows: readonly Row[]) =>
  rows.map(([name, match, ...triggers]) => aListener({ name, match, triggers }));

/** Who answers a message. */
const answering = (listeners: readonly Listener[], body: string | null) =>
  new TriggerIndex(listeners.map((item) => ({ item, method: item.match, triggers: item.triggers })))
    .match(body)
    .map(({ item }) => item);

describe('messages that several answer', () => {
  test.each<[string, Row[], Array<[witness: string, handlers: string]>]>([
    [
      'other words',
      [
        ['a', 'contains', 'hi'],
        ['b', 'contains', 'ho'],
      ],
      [],
    ],
    [
      'the same word',
      [
        ['a', 'contains', 'hi'],
        ['b', 'exact', 'hi'],
      ],
      [['hi', 'a b']],
    ],
    [
      'only in one direction',
      [
        ['a', 'contains:any', 'roll'],
        ['b', 'starts:with', '!roll'],
      ],
      [['!roll', 'a b']],
    ],
    [
      'a phrase with the word of the other',
      [
        ['a', 'starts:with', '!roll 2d6'],
        ['b', 'starts:with', '!roll'],
      ],
      [['!roll 2d6', 'a b']],
    ],
    [
      'case that only one ignores',
      [
        ['a', 'exact', 'HI'],
        ['b', 'exact:caseless', 'hi'],
      ],
      [['HI', 'a b']],
    ],
    [
      'two triggers in common',
      [
        ['a', 'exact', 'hi', 'ho'],
        ['b', 'exact', 'ho', 'hi'],
      ],
      [['hi', 'a b']],
    ],
    [
      'any, which answers everything in any case',
      [
        ['a', 'any'],
        ['b', 'exact', 'hi'],
      ],
      [],
    ],
    [
      'three',
      [
        ['a', 'exact', 'hi'],
        ['b', 'exact', 'hi'],
        ['c', 'exact', 'hi'],
      ],
      [['hi', 'a b c']],
    ],
  ])('%s', (_, rows, expected) => {
    const found = answeringTogether(listenersOf(rows));
    expect(found.map(({ finding, handlers }) => [finding.witness, handlers.join(' ')])).toEqual(expected);
  });

  test('many that share a trigger are one finding, which names three', () => {
    const rows = Array.from({ length: 1_000 }, (_, number): Row => [`bot${number}`, 'exact', 'hi']);
    const found = answeringTogether(listenersOf(rows));
    expect(found.map(({ finding }) => finding.message)).toEqual([
      expect.stringContaining('"hi" fires bot0, bot1, bot2 and others, and each of them answers it.'),
    ]);
  });

  test('two actions of one name are counted', () => {
    const [found] = answeringTogether(
      listenersOf([
        ['a', 'exact', 'hi'],
        ['a', 'contains', 'hi'],
      ]),
    );
    expect(found?.finding.message).toContain('"hi" fires a (2 times), and');
  });

  const rows = fc.array(
    fc.record({
      name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      match: hardMethod,
      triggers: fc.array(hardTrigger, { maxLength: 4 }),
    }),
    { maxLength: 8 },
  );

  test('a witness fires at least two, and a trigger without a finding of its handlers only one', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const listeners = all
          .filter(({ match }) => match !== 'any')
          .map((each, index) => aListener({ ...each, name: `${each.name}${index}` }));
        const found = answeringTogether(listeners);
        for (const { finding } of found)
          expect(answering(listeners, finding.witness).length).toBeGreaterThanOrEqual(2);
        const known = new Set(found.map(({ handlers }) => handlers.join()));
        for (const trigger of listeners.flatMap(({ triggers }) => triggers)) {
          const names = answering(listeners, trigger).map(({ handler }) => handler);
          if (names.length >= 2) expect(known).toContain(names.slice(0, 4).sort().join());
        }
      }),
      { numRuns: 500 },
    );
  });
});

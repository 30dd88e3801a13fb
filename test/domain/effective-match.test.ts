import { expect, test } from 'vitest';
import { effectiveMatch } from '../../src/domain/effective-match.ts';

type Fixed = Parameters<typeof effectiveMatch>[0];
type Stored = Parameters<typeof effectiveMatch>[1];
type Effective = ReturnType<typeof effectiveMatch>;

const stored: Stored = { match: 'contains', triggers: 'hi|ho' };

test.each<[string, Fixed, Stored, Effective]>([
  ['a handler that is gone', undefined, stored, { match: 'contains', triggers: ['hi', 'ho'] }],
  [
    'a handler that fixes nothing',
    { matchMethod: null, triggers: null },
    stored,
    { match: 'contains', triggers: ['hi', 'ho'] },
  ],
  [
    'a fixed method with the stored triggers',
    { matchMethod: 'exact', triggers: null },
    stored,
    { match: 'exact', triggers: ['hi', 'ho'] },
  ],
  [
    'fixed triggers with the stored method',
    { matchMethod: null, triggers: ['!roll'] },
    stored,
    { match: 'contains', triggers: ['!roll'] },
  ],
  [
    'everything fixed',
    { matchMethod: 'exact', triggers: ['a'] },
    stored,
    { match: 'exact', triggers: ['a'] },
  ],
  [
    'any, which has no triggers',
    { matchMethod: 'any', triggers: ['a'] },
    stored,
    { match: 'any', triggers: [] },
  ],
  [
    'any as stored, although the handler fixes triggers',
    { matchMethod: null, triggers: ['a'] },
    { match: 'any', triggers: null },
    { match: 'any', triggers: [] },
  ],
  [
    'a method fixed since an action was attached with any',
    { matchMethod: 'exact', triggers: null },
    { match: 'any', triggers: null },
    { match: 'exact', triggers: [] },
  ],
  [
    'a fixed list that is empty',
    { matchMethod: null, triggers: [] },
    stored,
    { match: 'contains', triggers: [] },
  ],
])('%s', (_, fixed, action, expected) => {
  expect(effectiveMatch(fixed, action)).toEqual(expected);
});

test('the triggers are a copy, so that a caller cannot change the handler', () => {
  const triggers = ['a'];
  effectiveMatch({ matchMethod: null, triggers }, stored).triggers.push('b');
  expect(triggers).toEqual(['a']);
});

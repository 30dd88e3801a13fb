import { describe, expect, test } from 'vitest';
import {
  changedListening,
  type Listening,
  type TriggerChange,
} from '../../../src/services/backtesting/trigger-change.ts';

type Handler = Parameters<typeof changedListening>[1];
type Stored = Parameters<typeof changedListening>[2];

const open: Handler = { matchMethod: null, triggers: null };
const fixed: Handler = { matchMethod: 'exact', triggers: ['a', 'b'] };
const stored: Stored = { match: 'contains', triggers: 'hi|ho' };

describe('what an action listens to after a change', () => {
  test.each<[string, Handler, Stored, TriggerChange, Listening]>([
    ['nothing changed', open, stored, {}, { match: 'contains', triggers: ['hi', 'ho'] }],
    ['the triggers', open, stored, { triggers: ['x'] }, { match: 'contains', triggers: ['x'] }],
    ['the method', open, stored, { match: 'exact' }, { match: 'exact', triggers: ['hi', 'ho'] }],
    ['both', open, stored, { match: 'exact', triggers: ['x'] }, { match: 'exact', triggers: ['x'] }],
    ['to any', open, stored, { match: 'any' }, { match: 'any', triggers: [] }],
    [
      'a fixed method',
      fixed,
      stored,
      { match: 'contains:any' },
      { match: 'contains:any', triggers: ['a', 'b'] },
    ],
    ['fixed triggers', fixed, stored, { triggers: ['x'] }, { match: 'exact', triggers: ['x'] }],
    [
      'of a handler that is gone',
      undefined,
      stored,
      { triggers: ['x'] },
      { match: 'contains', triggers: ['x'] },
    ],
    ['attached nowhere, all fixed', fixed, undefined, {}, { match: 'exact', triggers: ['a', 'b'] }],
    [
      'attached nowhere, nothing fixed',
      open,
      undefined,
      { match: 'exact', triggers: ['x'] },
      { match: 'exact', triggers: ['x'] },
    ],
    [
      'any, whose fixed triggers then count',
      { matchMethod: 'any', triggers: ['a'] },
      undefined,
      { match: 'exact' },
      { match: 'exact', triggers: ['a'] },
    ],
  ])('%s', (_, handler, action, change, expected) => {
    expect(changedListening('hello', handler, action, change)).toEqual(expected);
  });

  const any: Stored = { match: 'any', triggers: null };

  test.each<[string, Handler, Stored, TriggerChange, string]>([
    ['any with triggers', open, stored, { match: 'any', triggers: ['x'] }, 'Leave out --triggers'],
    ['triggers for what is attached with any', open, any, { triggers: ['x'] }, 'Add --match METHOD'],
    ['a method without triggers', open, any, { match: 'exact' }, 'Say which to try: --triggers'],
    ['no method', open, undefined, { triggers: ['x'] }, 'Say what to try: --match METHOD'],
    ['no triggers', open, undefined, { match: 'contains' }, 'Say which to try: --triggers'],
  ])('%s is wrong use', (_, handler, action, change, sentence) => {
    expect(() => changedListening('hello', handler, action, change)).toThrow(sentence);
  });
});

import { describe, expect, test } from 'vitest';
import { matchMessage } from '../../../src/domain/match.ts';
import { floodFindings } from '../../../src/services/linting/flood.ts';
import type { Listener } from '../../../src/services/linting/listeners.ts';
import { ordinaryMessages } from '../../../src/services/linting/ordinary-messages.ts';
import { aListener } from '../../support/listeners.ts';

describe('listeners that answer nearly everything', () => {
  test.each<[Listener['match'], string[]]>([
    ['any', []],
    ['contains:any', ['e']],
    ['contains:any:caseless', ['x']],
    ['contains:any', ['hi', 'q']],
    ['contains:caseless', ['i', 'the', 'a', 'is', 'you', 'we']],
  ])('%s %j: its witness is an ordinary message that fires', (match, triggers) => {
    const [found, ...others] = floodFindings([aListener({ match, triggers })]);
    expect([found?.rule, others]).toEqual(['flood', []]);
    const witness = found?.witness ?? '';
    expect(ordinaryMessages).toContain(witness);
    expect((match === 'any' ? [''] : triggers).some((one) => matchMessage(match, one, witness))).toBe(true);
  });

  test('a letter that no ordinary message has is its own witness', () => {
    expect(floodFindings([aListener({ match: 'contains:any', triggers: ['ж'] })])[0]?.witness).toBe('ж');
  });

  test.each<[Listener['match'], string[]]>([
    ['contains:caseless', ['hello', 'hi', 'hey']],
    ['contains', ['k']],
    ['contains:any', ['👍', 'roll']],
    ['exact:caseless', ['ok', 'yes', 'no']],
    ['starts:with', ['!']],
    ['contains:any', ['?']],
  ])('%s %j is none of them', (match, triggers) => {
    expect(floodFindings([aListener({ match, triggers })])).toEqual([]);
  });
});

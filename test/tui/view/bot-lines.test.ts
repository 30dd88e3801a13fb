import { describe, expect, test } from 'vitest';
import type { ActionJson, ShownBotJson } from '../../../src/client/index.ts';
import { initialState, type State } from '../../../src/tui/state/state.ts';
import { botContents } from '../../../src/tui/view/bot-lines.ts';
import { bot } from '../../support/tui.tsx';
import { action, failedRun, textsOf } from '../../support/tui-data.ts';

const botLines = (
  bots: readonly ShownBotJson[],
  failed: ReturnType<typeof failedRun>[],
  width: number,
  fields: Partial<State> = {},
) => botContents({ ...initialState, ...fields, bots, failed }, width).all;

const show = (bots: readonly ShownBotJson[], failed = [] as ReturnType<typeof failedRun>[], width = 40) =>
  textsOf(botLines(bots, failed, width));

/** The rows of a single action, without the row of its bot and the blank row at the end. */
const rowsOf = (fields: Partial<ActionJson>, width = 40) =>
  show([bot({ actions: [action('roll', fields)] })], [], width).slice(1, -1);

test('a group without bots is told how to get some, also when something has failed there', () => {
  const rows = show([], [failedRun('gone', 'no')]);
  expect(rows[0]).toBe('No bots in this group yet.');
  expect(rows.join(' ')).toContain('/bot add NAME makes one');
  expect(rows.join(' ')).not.toContain('gone');
});

describe('a bot', () => {
  test.each<[string, Partial<ShownBotJson>, string[]]>([
    ['with nothing attached is its name', {}, ['◆ HelloBot', '']],
    ['that is off says so', { enabled: false }, ['◆ HelloBot (off)', '']],
    ['on cooldown says so', { on_cooldown: true }, ['◆ HelloBot (on cooldown)', '']],
    ['both says both', { enabled: false, on_cooldown: true }, ['◆ HelloBot (off, on cooldown)', '']],
    ['whose name has control characters shows none', { name: 'a\u001b\nb' }, ['◆ a\\x1b b', '']],
  ])('%s', (_, fields, rows) => {
    expect(show([bot(fields)])).toEqual(rows);
  });

  test('whose actions are hidden says so, since it is no bot without any', () => {
    const { actions: _, ...hidden } = { actions: [], ...bot({ hide_actions: true }) };
    expect(show([{ ...hidden, actions_count: 3 }])).toEqual(['◆ HelloBot', '  its actions are hidden', '']);
  });

  test('is followed by the next one after a blank row', () => {
    expect(show([bot({ name: 'One' }), bot({ name: 'Two' })])).toEqual(['◆ One', '', '◆ Two', '']);
  });
});

describe('an action', () => {
  test.each<[string, Partial<ActionJson>, string[]]>([
    ['without triggers', { match: 'any' }, ['  roll', '    any: any message']],
    ['with triggers', { triggers: ['a', 'b|c'] }, ['  roll', '    exact: a | b|c']],
    ['with control characters', { triggers: ['a\u001b', 'b\nc'] }, ['  roll', '    exact: a\\x1b | b c']],
    [
      'with notes',
      { enabled: false, admin_only: true, cooldown: 30, on_cooldown: true },
      ['  roll', '    exact: any message', '    disabled, admin only, cooldown 30 s,', '    on cooldown'],
    ],
  ])('%s', (_, fields, rows) => {
    expect(rowsOf(fields)).toEqual(rows);
  });

  test('with hundreds of triggers shows three rows of them', () => {
    const triggers = Array.from({ length: 500 }, (_, place) => `trigger${place}`);
    expect(rowsOf({ triggers, on_cooldown: true }, 30)).toEqual([
      '  roll',
      '    exact: trigger0 | trigger1',
      '    | trigger2 | trigger3 |',
      '    trigger4 | trigger5 |',
      '    on cooldown',
    ]);
  });

  test('that is disabled is faint', () => {
    const styles = [true, false].map(
      (enabled) => botLines([bot({ actions: [action('roll', { enabled })] })], [], 40)[1]?.[0]?.style,
    );
    expect(styles).toEqual(['strong', 'faint']);
  });
});

describe('failures', () => {
  const below = (failed: ReturnType<typeof failedRun>[], width = 40) => show([bot()], failed, width).slice(2);

  test.each([
    ['none is no row', [], []],
    ['one', [failedRun('hello', 'no')], ['1 failed, /failed lists them', '  hello: no']],
    [
      'of several the first three are shown',
      ['a', 'b', 'c', 'd'].map((handler) => failedRun(handler, 'no')),
      ['4 failed, /failed lists them', '  a: no', '  b: no', '  c: no'],
    ],
    [
      'with line breaks and control characters is one text',
      [failedRun('x\u0007', 'one\ntwo')],
      ['1 failed, /failed lists them', '  x\\x07: one two'],
    ],
  ])('%s', (_, failed, rows) => {
    expect(below(failed)).toEqual(rows);
  });

  test('a long one has two rows', () => {
    expect(below([failedRun('hello', 'word '.repeat(50))], 20)).toEqual([
      '1 failed, /failed lists them',
      '  hello: word word',
      '  word word word',
    ]);
  });
});

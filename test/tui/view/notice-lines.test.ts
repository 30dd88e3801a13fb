import { describe, expect, test } from 'vitest';
import { editorOf, emptyEditor } from '../../../src/tui/state/editor.ts';
import type { State, Toast } from '../../../src/tui/state/state.ts';
import { lineText } from '../../../src/tui/text/line.ts';
import { widthOf } from '../../../src/tui/text/width.ts';
import { noticeLines } from '../../../src/tui/view/notice-lines.ts';
import { atOps } from '../../support/tui.tsx';

const shown = (fields: Partial<State>, columns = 40, rows = 12): string[] =>
  noticeLines(atOps([], { size: { columns, rows }, ...fields })).map(lineText);

const toast = (text: string, tone: Toast['tone'] = 'plain', id = 1): Toast => ({ id, text, tone });
const reply = { kind: 'reply', messageId: 'm1', about: 'Ada: hi' } as const;
const completion = { head: '/', choices: ['reply', 'react', 'retry'], index: 1, before: emptyEditor };

describe('notices', () => {
  test.each<[string, Partial<State>, string[]]>([
    ['are none', {}, []],
    ['are the newest', { toasts: [toast('one'), toast('two')] }, [' two']],
    [
      'keep the newest error in sight',
      { toasts: [toast('broken', 'bad'), toast('saved', 'good')] },
      [' broken', ' saved'],
    ],
    [
      'stand above the reply',
      { toasts: [toast('saved')], draft: reply },
      [' saved', ' Reply to Ada: hi · Esc: cancel'],
    ],
    [
      'stand above the choices',
      { toasts: [toast('saved')], completion },
      [' saved', ' Tab: reply  [react]  retry'],
    ],
    ['have no line breaks of their own', { toasts: [toast('one\ntwo')] }, [' one two']],
  ])('%s', (_, fields, expected) => {
    expect(shown(fields)).toEqual(expected);
  });

  const long = 'There is no group "playground": /thread new playground makes one. '.repeat(6);

  test('that are long are wrapped into a third of the window', () => {
    const rows = shown({ toasts: [toast(long, 'bad')], draft: reply });
    expect(rows).toHaveLength(4);
    expect(rows[0]).toBe(' There is no group "playground": /thread');
    expect(rows[2]).toMatch(/ … F4: log$/);
    expect(rows[3]).toBe(' Reply to Ada: hi · Esc: cancel');
    expect(Math.max(...rows.map(widthOf))).toBeLessThanOrEqual(40);
  });

  test('of an error leave room for a newer one only if there is some', () => {
    const rows = shown({ toasts: [toast(long, 'bad'), toast('saved')] });
    expect(rows).toHaveLength(4);
    expect(rows).not.toContain(' saved');
  });
});

test('what a reply is to is cut before its key is', () => {
  const draft = { ...reply, about: `Ada: ${'x'.repeat(50)}` };
  expect(shown({ draft })).toEqual([` Reply to Ada: ${'x'.repeat(10)}… · Esc: cancel`]);
});

test.each([
  [0, ' Tab: [word0]  word1  word2  word3  wor…'],
  [5, ' Tab: … word2  word3  word4  [word5]  w…'],
  [9, ' Tab: … word6  word7  word8  [word9]'],
])('the choices around choice %i are in one row', (index, row) => {
  const choices = Array.from({ length: 10 }, (_, place) => `word${place}`);
  expect(shown({ completion: { ...completion, choices, index } })).toEqual([row]);
});

test.each([
  [false, ' Search: tw '],
  [true, ' Search: tw  · nothing else'],
])('a search, failed %j', (failed, row) => {
  expect(shown({ search: { query: editorOf('tw'), place: 1, failed } })).toEqual([row]);
});

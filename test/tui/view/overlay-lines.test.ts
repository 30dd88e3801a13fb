import { describe, expect, test } from 'vitest';
import type { FormFieldJson } from '../../../src/client/index.ts';
import type { Choice } from '../../../src/simulate/session.ts';
import { commands } from '../../../src/simulate/table.ts';
import { keymap } from '../../../src/tui/keys/keymap.ts';
import { editorOf } from '../../../src/tui/state/editor.ts';
import { changeField, type Form, newForm } from '../../../src/tui/state/form.ts';
import type { Overlay, Picker } from '../../../src/tui/state/overlay.ts';
import { type Line, lineWidth } from '../../../src/tui/text/line.ts';
import { helpLines } from '../../../src/tui/view/help-lines.ts';
import { sheetOf } from '../../../src/tui/view/overlay-lines.ts';
import { atOps } from '../../support/tui.tsx';
import { handlerJson, textsOf } from '../../support/tui-data.ts';

const sheet = (overlay: Overlay, width = 60, height = 20) =>
  sheetOf(atOps([], { overlay, size: { columns: width + 4, rows: height + 6 } }), overlay, width, height);

/** Rows with what is inverted in brackets. */
const marked = (rows: readonly Line[]): string[] =>
  rows.map((row) =>
    row.map(({ text, style }) => (style === 'chosen' || style === 'cursor' ? `[${text}]` : text)).join(''),
  );

const show = (...given: Parameters<typeof sheet>): string[] => marked(sheet(...given).lines);

describe('a list', () => {
  const choice = (label: string, detail = ''): Choice => ({ label, detail, line: '' });
  const list = (choices: readonly Choice[], fields: Partial<Picker> = {}): Picker => ({
    kind: 'picker',
    title: 'What next?',
    query: editorOf(''),
    index: 0,
    choices,
    ...fields,
  });

  test('has what is searched for, and the choices in two columns', () => {
    expect(show(list([choice('#ops', 'open this group'), choice('/reply [TEXT]', 'answer')]))).toEqual([
      '› [ ]',
      '',
      '[▸ #ops           ] open this group',
      '  /reply [TEXT]   answer',
    ]);
  });

  test.each([
    ['no choices', [], ''],
    ['no choice that fits', [choice('one')], 'two'],
  ])('with %s says so', (_, choices, query) => {
    expect(show(list(choices, { query: editorOf(query) }))).toEqual([`› ${query}[ ]`, '', '  Nothing fits.']);
  });

  test('puts the details below each other, however wide the names are', () => {
    const rows = sheet(
      list([choice('你好你好你好', 'a'), choice('x\u001b', 'b'), choice('bot 👩‍👩‍👧‍👦', 'c')]),
    ).lines.slice(2);
    expect(rows.map(([label]) => lineWidth(label ? [label] : []))).toEqual([16, 16, 16]);
    expect(marked(rows)[0]).toBe('[▸ 你好你好你好  ] a');
  });

  test('gives a long name half of the width', () => {
    expect(show(list([choice('n'.repeat(99), 'detail')]), 20)[2]).toBe('[▸ nnnnnnnnn…] detail');
  });

  test.each([
    [0, ['a', 'b', 'c']],
    [2, ['a', 'b', 'c']],
    [3, ['b', 'c', 'd']],
    [4, ['c', 'd', 'e']],
  ])('that is longer than the sheet shows the choice %i', (index, shown) => {
    const rows = sheet(
      list(
        [...'abcde'].map((label) => choice(label)),
        { index },
      ),
      60,
      5,
    ).lines;
    expect(rows.slice(2).map(([label]) => label?.text.slice(2).trim())).toEqual(shown);
  });

  test('shows the line of a pasted text in which the cursor is, and its end if it is long', () => {
    expect(show(list([], { query: editorOf('one\ntwo') }))[0]).toBe('› two[ ]');
    expect(show(list([], { query: editorOf(`${'x'.repeat(80)}end`) }), 20)[0]).toBe('› …xxxxxxxxxxxxend[ ]');
  });
});

describe('the help', () => {
  const help = (width: number, height: number, top = 0) => show({ kind: 'help', top }, width, height);

  test('has every key under the name of what it works in, then every command', () => {
    const rows = help(100, 1_000);
    const titles = rows.filter((row) => /^[A-Z]/.test(row));
    expect(titles.slice(0, 4)).toEqual([
      'Prompt',
      'Every pane',
      'Every pane but the prompt',
      'Wherever you write',
    ]);
    expect(titles).toEqual(
      expect.arrayContaining(['Groups', 'Conversation', 'Bots', 'Lists', 'Form', 'Commands']),
    );
    expect(rows.indexOf('  Ctrl+O             all actions')).toBeGreaterThan(rows.indexOf('Every pane'));
    expect(rows.slice(rows.indexOf('Commands') + 1)).toHaveLength(commands.length);
  });

  test('begins with the pane that has the focus, and has each key of it', () => {
    const state = atOps([], { pane: 'threads' });
    expect(textsOf(helpLines(state, keymap, 100))[0]).toBe('Groups');
    const shown = textsOf(helpLines(state, keymap, 100)).join('\n');
    for (const binding of keymap) expect(shown).toContain(binding.help);
  });

  test('that fits has no hint about scrolling, and cannot be scrolled', () => {
    expect(help(100, 1_000, 500)).toEqual(help(100, 1_000));
    expect(sheet({ kind: 'help', top: 0 }, 100, 1_000).hint).toBe('Esc: close');
  });

  test('that does not fit ends with its last row, however far it is scrolled', () => {
    expect(help(100, 10, 500)).toEqual(help(100, 1_000).slice(-10));
    expect(sheet({ kind: 'help', top: 500 }, 100, 10).hint).toBe('↑ ↓: scroll · Esc: close');
  });

  test('wraps what keys do in a narrow window', () => {
    const rows = help(36, 1_000);
    const place = rows.findIndex((row) => row.startsWith('  /knock '));
    expect(rows.slice(place, place + 2)).toEqual([
      '  /knock           knock at',
      '                   everybody in this',
    ]);
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(36);
  });
});

test('a preview wraps its rows, and shows no control characters', () => {
  const overlay = {
    kind: 'preview',
    title: 'Install?',
    rows: ['one two', 'a\u001b\nb', ''],
    line: '',
  } as const;
  expect(sheet(overlay, 30)).toMatchObject({ title: 'Install?', hint: 'Enter: run it · Esc: cancel' });
  expect(show(overlay, 5)).toEqual(['one', 'two', 'a\\x1b', 'b', '']);
});

describe('a form', () => {
  const field = (name: string, fields: Partial<FormFieldJson> = {}): FormFieldJson => ({
    name,
    type: 'text',
    required: false,
    default: null,
    choices: null,
    description: null,
    ...fields,
  });
  const handler = handlerJson('reply', 'Reply');
  const form = (fields: FormFieldJson[], changes: Partial<Form> = {}, description = ''): Overlay => ({
    kind: 'form',
    form: {
      ...newForm({ handler: { ...handler, description }, fields }, { id: 'b', name: 'HelloBot' }),
      ...changes,
    },
  });

  test('names the handler and the bot, and describes the handler', () => {
    const found = sheet(form([], {}, 'Replies\nto all.'));
    expect([found.title, ...marked(found.lines)]).toEqual([
      'Attach Reply to HelloBot',
      'Replies',
      'to all.',
      '',
    ]);
  });

  test.each<[string, FormFieldJson, string[]]>([
    [
      'is a text with its cursor, and says so',
      field('text', { default: 'hi' }),
      ['▸ text             hi[ ]', '                   text, may be empty'],
    ],
    [
      'is marked if it is required',
      field('text', { required: true }),
      ['▸ text *           [ ]', '                   text'],
    ],
    [
      'is wrong, which stands below it while one types',
      field('cups', { type: 'number', default: 12, limits: { min: 0, max: 9 } }),
      [
        '▸ cups             12[ ]',
        '                   ! This must be at most 9.',
        '                   number, 0 to 9, may be empty',
      ],
    ],
    [
      'is described',
      field('text', { description: 'What to say.' }),
      ['▸ text             [ ]', '                   text, may be empty', '                   What to say.'],
    ],
    [
      'is a list with a row for each item',
      field('replies', { type: 'list', default: ['a', 'b'] }),
      [
        '▸ replies          a',
        '                   b[ ]',
        '                   texts, one on each line, may be empty',
      ],
    ],
    [
      'is a choice',
      field('match', { type: 'choice', choices: ['exact', 'any'], default: 'any' }),
      ['▸ match            [‹ any ›]', '                   one of exact, any, may be empty'],
    ],
    [
      'is a choice of nothing yet',
      field('enabled', { type: 'boolean' }),
      ['▸ enabled          [‹ … ›]', '                   true or false, may be empty'],
    ],
    [
      'has a long name',
      field('a_very_long_parameter'),
      ['▸ a_very_long_par… [ ]', '                   text, may be empty'],
    ],
  ])('whose focused input %s', (_, definition, rows) => {
    expect(show(form([definition])).slice(2)).toEqual(rows);
  });

  test('shows inputs without the focus plain, and without their descriptions', () => {
    const fields = [
      field('one'),
      field('two', { type: 'boolean', default: true, description: 'Yes or no.' }),
    ];
    expect(show(form(fields)).slice(2)).toEqual([
      '▸ one              [ ]',
      '                   text, may be empty',
      '  two              true',
    ]);
  });

  test('shows of a long text what is around the cursor', () => {
    const typed = form([field('text', { default: `${'x'.repeat(99)}end` })]);
    expect(show(typed, 40)[2]).toBe(`▸ text             …${'x'.repeat(15)}end[ ]`);
    if (typed.kind !== 'form') throw new Error('It is no form.');
    const home = changeField(typed.form, (editor) => ({ ...editor, cursor: 0 }));
    expect(show({ kind: 'form', form: home }, 40)[2]).toBe(`▸ text             [x]${'x'.repeat(19)}…`);
  });

  test('shows errors below their inputs, and those of no input at the end', () => {
    const overlay = form([field('one'), field('two')], { problem: 'Not\u0007 authorized.' });
    if (overlay.kind !== 'form') throw new Error('It is no form.');
    const [one, two] = overlay.form.fields;
    if (one === undefined || two === undefined) throw new Error('The inputs are missing.');
    const fields = [{ ...one, errors: ['Too short.', 'No digit.'] }, two];
    expect(show({ kind: 'form', form: { ...overlay.form, fields } }).slice(2)).toEqual([
      '▸ one              [ ]',
      '                   ! Too short.',
      '                   ! No digit.',
      '                   text, may be empty',
      '  two              ',
      '! Not\\x07 authorized.',
    ]);
  });

  test.each([
    [0, 'a'],
    [9, 'j'],
  ])('that is longer than the sheet shows the focused input %i', (index, name) => {
    const overlay = form(
      [...'abcdefghij'].map((each) => field(each)),
      { index },
    );
    const rows = show(overlay, 60, 4);
    expect(rows).toHaveLength(4);
    expect(rows.filter((row) => row.startsWith('▸')).map((row) => row.slice(2).trim())).toEqual([
      `${name.padEnd(16)} [ ]`,
    ]);
  });

  test.each<[FormFieldJson['type'] | undefined, string]>([
    ['text', ' · F1: help'],
    ['list', ' · F1: help'],
    ['boolean', ' · ← →: change'],
    [undefined, ' · F1: help'],
  ])('hints at the keys of an input of type %s', (type, own) => {
    const fields = type ? [field('x', { type })] : [];
    expect(sheet(form(fields), 55).hint).toBe(`Ctrl+S: attach · Esc: cancel · Tab: next${own}`);
  });
});

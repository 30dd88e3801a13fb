import { describe, expect, test } from 'vitest';
import type { FormFieldJson } from '../../../src/client/index.ts';
import type { Choice } from '../../../src/simulate/session.ts';
import { commands } from '../../../src/simulate/table.ts';
import { editorOf } from '../../../src/tui/state/editor.ts';
import { changeField, type Form, newForm } from '../../../src/tui/state/form.ts';
import type { Overlay, Picker } from '../../../src/tui/state/overlay.ts';
import { type Line, lineWidth } from '../../../src/tui/text/line.ts';
import { sheetOf } from '../../../src/tui/view/overlay-lines.ts';
import { atOps } from '../../support/tui.tsx';
import { handlerJson } from '../../support/tui-data.ts';

const sheet = (overlay: Overlay, width = 60, height = 20) => sheetOf(atOps([]), overlay, width, height);

/** Rows with what is inverted in brackets. */
const marked = (rows: readonly Line[]): string[] =>
  rows.map((row) => row.map(({ text, style }) => (style === 'chosen' ? `[${text}]` : text)).join(''));

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
  test('has the keys that work without it, then every command', () => {
    const rows = show({ kind: 'help', top: 0 }, 100, 1_000);
    const place = rows.indexOf('Commands');
    expect(rows[0]).toBe('Keys that work now');
    expect(rows.slice(1, place)).toContain('  Ctrl+O           all actions');
    expect(rows.slice(1, place).join()).not.toContain('  close');
    expect(rows.slice(place + 1)).toHaveLength(commands.length);
  });

  test('that fits has no hint about scrolling, and cannot be scrolled', () => {
    expect(sheet({ kind: 'help', top: 500 }, 100, 1_000)).toEqual(
      sheet({ kind: 'help', top: 0 }, 100, 1_000),
    );
    expect(sheet({ kind: 'help', top: 0 }, 100, 1_000).hint).toBe('Esc: close');
  });

  test('that does not fit ends with its last row, however far it is scrolled', () => {
    const all = show({ kind: 'help', top: 0 }, 100, 1_000);
    const { lines, hint } = sheet({ kind: 'help', top: 500 }, 100, 10);
    expect(marked(lines)).toEqual(all.slice(-10));
    expect(hint).toBe('↑ ↓: scroll · Esc: close');
  });

  test('gives the keys at most half of a narrow width', () => {
    const rows = show({ kind: 'help', top: 0 }, 20, 1_000);
    expect(rows).toContain('  PgUp       scroll up');
    expect(rows).toContain(
      `  ${'/knock'.padEnd(10)} ${commands.find(({ name }) => name === 'knock')?.summary}`,
    );
  });
});

test('a preview wraps its rows, and shows no control characters', () => {
  const overlay = {
    kind: 'preview',
    title: 'Install?',
    rows: ['one two', 'a\u001b\nb', ''],
    line: '',
  } as const;
  expect(sheet(overlay, 5)).toMatchObject({ title: 'Install?', hint: 'Enter: run it · Esc: cancel' });
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
    ['is a text with its cursor', field('text', { default: 'hi' }), ['▸ text             hi[ ]']],
    ['is marked if it is required', field('text', { required: true }), ['▸ text *           [ ]']],
    [
      'is described',
      field('text', { description: 'What to say.' }),
      ['▸ text             [ ]', '                   What to say.'],
    ],
    [
      'is a list with a row for each item',
      field('replies', { type: 'list', default: ['a', 'b'] }),
      ['▸ replies          a', '                   b[ ]'],
    ],
    [
      'is a choice',
      field('match', { type: 'choice', choices: ['exact', 'any'], default: 'any' }),
      ['▸ match            [‹ any ›]'],
    ],
    ['is a choice of nothing yet', field('enabled', { type: 'boolean' }), ['▸ enabled          [‹ … ›]']],
    ['has a long name', field('a_very_long_parameter'), ['▸ a_very_long_par… [ ]']],
  ])('whose focused input %s', (_, definition, rows) => {
    expect(show(form([definition])).slice(2)).toEqual(rows);
  });

  test('shows inputs without the focus plain, and without their descriptions', () => {
    const fields = [
      field('one'),
      field('two', { type: 'boolean', default: true, description: 'Yes or no.' }),
    ];
    expect(show(form(fields)).slice(2)).toEqual(['▸ one              [ ]', '  two              true']);
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
    ['text', ''],
    ['number', ''],
    ['list', 'Alt+Enter: add an item · '],
    ['boolean', '← →: change · '],
    [undefined, ''],
  ])('hints at the keys of an input of type %s', (type, own) => {
    const fields = type ? [field('x', { type })] : [];
    expect(sheet(form(fields)).hint).toBe(`${own}Tab: next · Ctrl+S: attach · Esc: cancel`);
  });
});

import { describe, expect, test } from 'vitest';
import type { FormFieldJson } from '../../src/client/index.ts';
import { insert } from '../../src/tui/state/editor.ts';
import {
  changeField,
  cycleChoice,
  type Form,
  moveField,
  newForm,
  valuesOf,
  withErrors,
} from '../../src/tui/state/form.ts';
import { handlerJson } from '../support/tui-data.ts';

const field = (
  name: string,
  type: FormFieldJson['type'],
  more: Partial<FormFieldJson> = {},
): FormFieldJson => ({
  name,
  type,
  required: true,
  default: null,
  choices: null,
  description: null,
  ...more,
});

const fields = [
  field('match', 'choice', { choices: ['exact', 'any'], default: 'exact' }),
  field('replies', 'list'),
  field('cooldown', 'number', { default: 0 }),
  field('enabled', 'boolean', { default: true }),
];
const handler = handlerJson('reply', 'Reply');
const form = newForm({ handler, fields }, { id: 'b', name: 'HelloBot' });
const type = (at: Form, text: string) => changeField(at, (editor) => insert(editor, text));

describe('the form', () => {
  test('has the defaults in it, with their types', () => {
    expect(valuesOf(form)).toEqual({ match: 'exact', cooldown: 0, enabled: true });
  });

  test('lines of a list are its items', () => {
    expect(valuesOf(type(moveField(form, 1), 'one\n\ntwo'))).toMatchObject({ replies: ['one', 'two'] });
  });

  test('a number that is none is left to the server', () => {
    expect(valuesOf(type(moveField(form, 2), 'x'))).toMatchObject({ cooldown: '0x' });
  });

  test('a choice goes round; a text does not', () => {
    const turned = [1, 2].reduce((now) => cycleChoice(now, 1), form);
    expect(valuesOf(cycleChoice(form, 1))).toMatchObject({ match: 'any' });
    expect(valuesOf(turned)).toMatchObject({ match: 'exact' });
    expect(cycleChoice(moveField(form, 1), 1)).toEqual(moveField(form, 1));
  });

  test.each([
    [1, ['a', 'b', 'c', 'a']],
    [-1, ['c', 'b', 'a', 'c']],
  ])('a choice of nothing yet, turned by %i, begins at that end: %j', (by, values) => {
    const choice = newForm(
      { handler, fields: [field('x', 'choice', { choices: ['a', 'b', 'c'] })] },
      { id: 'b', name: 'B' },
    );
    const turned = values.map((_, times) => {
      const steps = Array.from({ length: times + 1 }, () => by);
      return valuesOf(steps.reduce(cycleChoice, choice)).x;
    });
    expect(turned).toEqual(values);
  });

  test('the last input is followed by the first', () => {
    expect(moveField(form, -1).index).toBe(3);
    expect(moveField(moveField(form, -1), 1).index).toBe(0);
  });
});

describe('what the server finds wrong', () => {
  test('stands beside its input, and the cursor goes there', () => {
    const wrong = withErrors(form, 'Reply is required.', { 'replies.0': ['Reply is required.'] });
    expect(wrong.fields[1]?.errors).toEqual(['Reply is required.']);
    expect(wrong).toMatchObject({ index: 1, problem: null });
  });

  test('goes when the input is changed', () => {
    const wrong = withErrors(form, '', { replies: ['Reply is required.'] });
    expect(type(wrong, 'x').fields[1]?.errors).toEqual([]);
  });

  test('that concerns no input is said below them', () => {
    expect(withErrors(form, 'Not authorized.', {}).problem).toBe('Not authorized.');
    expect(withErrors(form, 'x', { handler: ['Unknown.'] }).problem).toBe('Unknown.');
  });
});

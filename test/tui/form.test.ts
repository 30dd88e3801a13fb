import { describe, expect, test } from 'vitest';
import type { FormFieldJson } from '../../src/client/index.ts';
import { editorOf, insert } from '../../src/tui/state/editor.ts';
import {
  changeField,
  cycleChoice,
  emptyChoice,
  errorsOf,
  type Field,
  type Form,
  isFilled,
  moveField,
  newForm,
  valuesOf,
  withErrors,
  withKept,
  withOwnErrors,
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
const inputOf = ({ fields: list }: Form, index: number): Field => {
  const found = list[index];
  if (found === undefined) throw new Error('There is no such input.');
  return found;
};
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

describe('a choice that may be empty', () => {
  const optional = newForm(
    { handler, fields: [field('x', 'choice', { choices: ['a', 'b'], required: false, default: 'a' })] },
    { id: 'b', name: 'B' },
  );
  const value = (now: Form) => valuesOf(now).x;

  test('goes round through nothing', () => {
    const turned = [1, 2, 3].map((times) =>
      value(Array.from({ length: times }, () => 1).reduce(cycleChoice, optional)),
    );
    expect(turned).toEqual(['b', undefined, 'a']);
  });

  test('is emptied; one that is needed is not', () => {
    expect(value(emptyChoice(optional))).toBeUndefined();
    expect(valuesOf(emptyChoice(form))).toMatchObject({ match: 'exact' });
  });
});

describe('a form that was closed', () => {
  test('gives its inputs to the next one, but for what is given anew', () => {
    const filled = type(type(moveField(form, 1), 'one'), ' two');
    const next = newForm({ handler, fields }, { id: 'b', name: 'HelloBot' }, { cooldown: 5 });
    const kept = withKept(
      next,
      changeField(moveField(filled, 1), () => editorOf('9')),
      { cooldown: 5 },
    );
    expect(valuesOf(kept)).toMatchObject({ replies: ['one two'], cooldown: 5 });
  });

  test('is filled once something was typed or chosen', () => {
    expect([form, moveField(form, 1), cycleChoice(form, 1), type(form, 'x')].map(isFilled)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});

describe('what can be told without the server', () => {
  const wrong = type(moveField(form, 2), 'x');

  test('stands beside its input', () => {
    expect(wrong.fields.map(errorsOf)).toEqual([[], [], ['This is not a number.'], []]);
    expect(errorsOf({ ...inputOf(wrong, 2), errors: ['Told by the server.'] })).toEqual([
      'Told by the server.',
    ]);
  });

  test('gets the focus', () => {
    expect(withOwnErrors(moveField(wrong, 1))?.index).toBe(2);
    expect(withOwnErrors(form)).toBeUndefined();
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

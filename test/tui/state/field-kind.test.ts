import { describe, expect, test } from 'vitest';
import type { FormFieldJson } from '../../../src/client/index.ts';
import { kindOf, problemOf } from '../../../src/tui/state/field-kind.ts';

type Type = FormFieldJson['type'];
type Limits = NonNullable<FormFieldJson['limits']>;

const field = (type: Type, limits?: Limits, more: Partial<FormFieldJson> = {}): FormFieldJson => ({
  name: 'x',
  type,
  required: true,
  default: null,
  choices: null,
  description: null,
  ...(limits && { limits }),
  ...more,
});

describe('what an input takes', () => {
  test.each<[FormFieldJson, string]>([
    [field('text'), 'text'],
    [field('text', undefined, { required: false }), 'text, may be empty'],
    [field('text', { min: 1, max: 20 }), 'text, 1 to 20 characters'],
    [field('text', { format: 'email' }), 'email'],
    [field('number', { whole: true, min: 0, max: 900 }), 'whole number, 0 to 900'],
    [field('number', { above: 0 }), 'number, more than 0'],
    [field('number', { min: 1, below: 9 }), 'number, at least 1 and less than 9'],
    [field('boolean'), 'true or false'],
    [field('choice', undefined, { choices: ['a', 'b'] }), 'one of a, b'],
    [field('list', { max: 5 }), 'texts, one on each line, at most 5 of them'],
    [field('json'), 'JSON'],
    [field('json', { shape: 'array' }), 'JSON: a list […]'],
  ])('%j: %s', (definition, kind) => {
    expect(kindOf(definition)).toBe(kind);
  });
});

describe('what is wrong', () => {
  test.each<[Type, Limits | undefined, string, string | undefined]>([
    ['text', { min: 3 }, '', undefined],
    ['text', { min: 3 }, 'ab', 'This has 2 characters; it must have at least 3.'],
    ['text', { max: 3 }, 'abcd', 'This has 4 characters; it must have at most 3.'],
    ['number', undefined, '-1.5', undefined],
    ['number', undefined, '1e3', 'This is not a number.'],
    ['number', undefined, '9007199254740993', 'This is not a number.'],
    ['number', { whole: true }, '1.5', 'This must be a whole number.'],
    ['number', { min: 2 }, '1', 'This must be at least 2.'],
    ['number', { max: 2 }, ' 3 ', 'This must be at most 2.'],
    ['number', { above: 0 }, '0', 'This must be more than 0.'],
    ['number', { below: 0 }, '0', 'This must be less than 0.'],
    ['list', { max: 1 }, 'a\n\nb', 'This has 2 texts; it must have at most 1.'],
    ['json', undefined, '{"a": 1,}', 'The JSON is not right: line 1, column 8: a comma too much.'],
    ['json', { shape: 'object' }, ' {}', undefined],
    ['json', { shape: 'object' }, '[]', 'This must be an object {…}.'],
  ])('%s with %j: %j', (type, limits, text, problem) => {
    expect(problemOf(field(type, limits), text)).toBe(problem);
  });
});

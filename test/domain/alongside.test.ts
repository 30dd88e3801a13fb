import { expect, test } from 'vitest';
import { z } from 'zod';
import { runAlways } from '../../src/domain/validation/run-always.ts';
import { validateFields } from '../../src/domain/validation/validate.ts';

const longEnough = z.string().check(
  runAlways(({ value, issues }) => {
    if (String(value).length < 3) issues.push({ code: 'custom', message: 'It is too short.', input: value });
  }),
);

test.each([
  ['long', undefined],
  ['ab', ['It is too short.']],
  [7, ['The field field must be a string.', 'It is too short.']],
  [1234, ['The field field must be a string.']],
  [undefined, ['The field field is required.']],
])('%j breaks %j', (value, sentences) => {
  const result = validateFields({ field: longEnough }, { field: value });
  expect('errors' in result ? result.errors.field : undefined).toEqual(sentences);
});

test('a value that is right stays as it is', () => {
  expect(validateFields({ field: longEnough }, { field: 'long' })).toEqual({ values: { field: 'long' } });
});

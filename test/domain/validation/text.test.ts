import { describe, expect, test } from 'vitest';
import { asText, text } from '../../../src/domain/validation/text.ts';
import { validateFields } from '../../../src/domain/validation/validate.ts';

test.each([
  [12, '12'],
  [1.5, '1.5'],
  [true, '1'],
  [false, ''],
  ['x', 'x'],
  [null, null],
  [undefined, undefined],
])('%j counts as the text %j', (value, expected) => {
  expect(asText(value)).toBe(expected);
});

describe('a text with limits', () => {
  const short = (limit: number) => `The name field must be at least ${limit} characters.`;
  const long = (limit: number) => `The name field must not be greater than ${limit} characters.`;
  const noText = 'The name field must be a string.';

  test.each<[string, unknown, string[] | undefined]>([
    ['as short as allowed', 'ab', undefined],
    ['as long as allowed', 'abcd', undefined],
    ['as many emojis as allowed', '😄😄😄😄', undefined],
    ['one character too few', 'a', [short(2)]],
    ['one emoji, although it has two code units', '😄', [short(2)]],
    ['one character too many', 'abcde', [long(4)]],
    ['nothing', '', ['The name field is required.']],
    ['a number, whose digits are counted', 12345, [noText, long(4)]],
    ['a number of the right length', 123, [noText]],
    ['true, which counts as one character', true, [noText, short(2)]],
    ['false, which counts as none', false, [noText, short(2)]],
    ['a list, which has no length here', ['abcdefgh'], [noText]],
    ['an object', {}, [noText]],
  ])('%s', (_, value, errors) => {
    const result = validateFields({ name: text(2, 4) }, { name: value });
    expect(result).toEqual(errors ? { errors: { name: errors } } : { values: { name: value } });
  });

  test('asks for its limit at every check, since the configuration may change', () => {
    let limit = 3;
    const schema = text(0, () => limit);
    const check = () => validateFields({ name: schema }, { name: 'abcd' });
    expect(check()).toEqual({ errors: { name: [long(3)] } });
    limit = 4;
    expect(check()).toEqual({ values: { name: 'abcd' } });
  });

  test('describes its limits for the form and the API', () => {
    expect(text(2, () => 255).meta()).toEqual({ minLength: 2, maxLength: 255 });
  });
});

import { expect, test } from 'vitest';
import { nameField } from '../../src/api/fields.ts';

test.each([
  [12, '12'],
  ['Robbie', 'Robbie'],
])('the name %j is %j', (given, expected) => {
  expect(nameField.parse(given)).toBe(expected);
});

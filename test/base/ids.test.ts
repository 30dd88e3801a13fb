import { expect, test } from 'vitest';
import { derivedId, isId, newId } from '../../src/base/ids.ts';

test('ids that are made later sort later, also within a millisecond', () => {
  const ids = Array.from({ length: 5_000 }, newId);
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every(isId)).toBe(true);
});

test.each([
  ['018f3c1e-7b1a-7c3d-9b2e-1f2a3b4c5d6e', true],
  ['018F3C1E-7B1A-7C3D-9B2E-1F2A3B4C5D6E', true],
  ['0a2d7f5e-5f0b-4c1f-9b53-6a4f0c9b7e11', true],
  ['', false],
  ['018f3c1e7b1a7c3d9b2e1f2a3b4c5d6e', false],
  ['018f3c1e-7b1a-7c3d-9b2e-1f2a3b4c5d6', false],
  [' 018f3c1e-7b1a-7c3d-9b2e-1f2a3b4c5d6e', false],
  ['018f3c1e-7b1a-7c3d-9b2e-1f2a3b4c5d6e\n', false],
  ['018f3c1e-7b1a-7c3d-9b2e-1f2a3b4c5d6g', false],
  ['../../etc/passwd', false],
])('%j is an id: %s', (text, expected) => {
  expect(isId(text)).toBe(expected);
});

// These ids are stored: if one of them changes, the people of a host application are strangers after an update.
test.each([
  ['', 'e1543372-3a3e-570f-82bc-fe62ce7f1309'],
  ['1', '97ff94f0-1c65-5b4c-b8dc-3019611dd826'],
  ['ada@example.com', '0d904878-285a-5051-86ba-f11b8856f483'],
  ['漢字 👋', 'b0049fa4-6ca1-5ae1-aba6-d71419b9e8b6'],
])('the id derived from %j is always %s', (foreign, id) => {
  expect(derivedId(foreign)).toBe(id);
  expect(isId(derivedId(foreign))).toBe(true);
});

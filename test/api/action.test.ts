import { expect, test } from 'vitest';
import { newActionBody } from '../../src/api/action.ts';
import { reservedFields } from '../../src/authoring/resolver.ts';

test('the body of a new action has every field that handlers may not have for their own', () => {
  expect(Object.keys(newActionBody.shape).sort()).toEqual([...reservedFields].sort());
});

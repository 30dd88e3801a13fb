import { expect, test } from 'vitest';
import { placeOf } from '../../src/domain/verdict.ts';

test.each([
  ['at HelloBot.handle (bots/HelloBot.ts:12:5)', 'bots/HelloBot.ts:12'],
  ['at HelloBot.handle (bots/HelloBot.ts:12:5)\nat other (bots/other.ts:1:1)', 'bots/HelloBot.ts:12'],
  ['at async bots/HelloBot.ts:12:5', 'bots/HelloBot.ts:12'],
  ['at bots/my bots/HelloBot.ts:12:5', 'bots/my bots/HelloBot.ts:12'],
  ['at new Map (<anonymous>)', null],
  ['bots/HelloBot.ts:3: Unexpected token. The file was not loaded.', 'bots/HelloBot.ts:3'],
  ['bots/HelloBot.ts: there is no class. The file was not loaded.', null],
  ['Something went wrong', null],
  ['', null],
  [null, null],
])('the place of %j is %j', (text, place) => {
  expect(placeOf(text)).toBe(place);
});

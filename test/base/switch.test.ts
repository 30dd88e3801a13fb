import { expect, test } from 'vitest';
import { readSwitch } from '../../src/base/switch.ts';
import { usesLineMode } from '../../src/tui/line-mode.ts';

test.each([
  ['true', true],
  [' Yes ', true],
  ['OFF', false],
  ['0', false],
  ['banana', undefined],
  ['', undefined],
])('%j is %s', (text, expected) => {
  expect(readSwitch(text)).toBe(expected);
});

test.each([
  [{ MESSENGER_SCREEN_READER: '1' }, true],
  [{ MESSENGER_SCREEN_READER: ' TRUE ' }, true],
  [{ MESSENGER_SCREEN_READER: 'off' }, false],
  [{ INK_SCREEN_READER: 'true' }, true],
  [{ TERM: 'dumb' }, true],
  [{}, false],
])('a screen reader is read in the same way: %j', (environment, expected) => {
  expect(usesLineMode(environment)).toBe(expected);
});

import { expect, test } from 'vitest';
import { duration } from '../../src/cli/daemon-status.ts';

test.each([
  [0, '0 s'],
  [59, '59 s'],
  [60, '1 min 0 s'],
  [3_700, '1 h 1 min'],
  [90_000, '1 d 1 h'],
  [8_640_000, '100 d 0 h'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

import { expect, test } from 'vitest';
import { shownSize } from '../../src/base/shown-size.ts';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_000, '1.0 kB'],
  [1_250, '1.3 kB'],
  [12_345_678, '12.3 MB'],
  [5e12, '5000.0 GB'],
])('%i bytes are shown as "%s"', (bytes, text) => {
  expect(shownSize(bytes)).toBe(text);
});

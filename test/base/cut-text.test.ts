import { describe, expect, test } from 'vitest';
import { cutText } from '../../src/base/cut-text.ts';

const kept = 4_096;
/** The most bytes that are not worth a cut. */
const whole = kept + 256;

const note = (bytes: number) => `… The other ${bytes} bytes of this text were left out.`;

test.each<[string, string]>([
  ['nothing', ''],
  ['a short text', 'It rains.\n'],
  ['a text of exactly the limit', 'x'.repeat(whole)],
  ['two-byte characters up to the limit', 'é'.repeat(whole / 2)],
])('%s stays whole', (_, text) => {
  expect(cutText(text)).toBe(text);
});

test.each<[string, string, string]>([
  ['one byte over the limit', 'x'.repeat(whole + 1), `${'x'.repeat(kept)}${note(257)}`],
  ['a very long text', 'x'.repeat(50_000), `${'x'.repeat(kept)}${note(45_904)}`],
  ['two-byte characters', 'é'.repeat(whole), `${'é'.repeat(kept / 2)}${note(2 * whole - kept)}`],
  ['a character of two bytes across the cut', `x${'é'.repeat(whole)}`, `x${'é'.repeat(2_047)}${note(4_610)}`],
  ['an emoji across the cut', `xxx${'😄'.repeat(whole)}`, `xxx${'😄'.repeat(1_023)}${note(13_316)}`],
  [
    'an emoji whose first half is the last code unit that counts',
    `${'x'.repeat(kept - 1)}${'😄'.repeat(100)}`,
    `${'x'.repeat(kept - 1)}${note(400)}`,
  ],
])('%s is cut between two characters', (_, text, expected) => {
  expect(cutText(text)).toBe(expected);
  expect(cutText(text).isWellFormed()).toBe(true);
});

describe('a cut text', () => {
  const cut = cutText('x'.repeat(1_000_000));

  test('is not cut again, not even quoted in another message', () => {
    expect(cutText(cut)).toBe(cut);
    const quoted = `HelloBot threw an error: ${cut} Look at its file.`;
    expect(cutText(quoted)).toBe(quoted);
  });
});

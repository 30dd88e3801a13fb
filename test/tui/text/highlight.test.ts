import { expect, test } from 'vitest';
import { highlighted } from '../../../src/tui/text/highlight.ts';

test.each([
  ['a word', 'say hello', 'hello', ['say ', '[hello]']],
  ['in any case', 'HeLLo there', 'hEllO', ['[HeLLo]', ' there']],
  ['every one', 'aXbxc', 'x', ['a', '[X]', 'b', '[x]', 'c']],
  ['all of it', 'Ünï', 'üNÏ', ['[Ünï]']],
  ['nothing', 'hello', 'bye', ['hello']],
  ['no empty text', 'hello', '', ['hello']],
  ['nothing in a text that grows in lower case', 'İx', 'x', ['İx']],
])('%s is highlighted', (_, text, found, pieces) => {
  const shown = highlighted([{ text }], found, 'chosen').map((span) =>
    span.style === 'chosen' ? `[${span.text}]` : span.text,
  );
  expect(shown).toEqual(pieces);
});

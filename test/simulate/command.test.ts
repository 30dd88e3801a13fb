import { expect, test } from 'vitest';
import { entryLines, firstWord, usageOf } from '../../src/simulate/command.ts';

test.each<[string, [string, string]]>([
  ['', ['', '']],
  ['   ', ['', '']],
  ['add', ['add', '']],
  ['  add   Helper  ', ['add', 'Helper']],
  ['add Two  Words', ['add', 'Two  Words']],
  ['add\u00a0Helper', ['add', 'Helper']],
  ['new\nfirst\nsecond', ['new', 'first\nsecond']],
  ['👩‍👩‍👧 family', ['👩‍👩‍👧', 'family']],
])('the first word of %j and the rest are %j', (text, expected) => {
  expect(firstWord(text)).toEqual(expected);
});

test('a command is usageOf with its arguments, if it has any', () => {
  expect(usageOf({ name: 'bot', usage: 'add NAME' })).toBe('/bot add NAME');
  expect(usageOf({ name: 'quit', usage: '' })).toBe('/quit');
});

test('handlers are listed one on each line', () => {
  expect(entryLines([])).toBe('');
  const entries = [
    { alias: 'a', description: 'First.' },
    { alias: 'b', description: '' },
  ];
  expect(entryLines(entries)).toBe('a – First.\nb – ');
});

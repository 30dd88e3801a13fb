import { describe, expect, test } from 'vitest';
import { KeyDecoder } from '../../src/tui/keys/decode.ts';

const read = (...chunks: string[]) => {
  const decoder = new KeyDecoder();
  return chunks.flatMap((chunk) => decoder.read(chunk)).map((key) => (key.kind === 'key' ? key.name : key));
};

describe('keys', () => {
  test.each([
    ['\r', 'enter'],
    ['\n', 'ctrl+j'],
    ['\t', 'tab'],
    ['\u007f', 'backspace'],
    ['\u0003', 'ctrl+c'],
    ['\u000b', 'ctrl+k'],
    ['\u001b', 'escape'],
    ['\u001b\r', 'alt+enter'],
    ['\u001b3', 'alt+3'],
    ['\u001b[A', 'up'],
    ['\u001bOA', 'up'],
    ['\u001b[1;5A', 'ctrl+up'],
    ['\u001b[1;3B', 'alt+down'],
    ['\u001b[1;2D', 'shift+left'],
    ['\u001b[Z', 'shift+tab'],
    ['\u001b[3~', 'delete'],
    ['\u001b[5~', 'pageup'],
    ['\u001b[1;5F', 'ctrl+end'],
    ['\u001bOP', 'f1'],
    ['\u001b[49;5u', 'ctrl+1'],
    ['\u001b[13;3u', 'alt+enter'],
  ])('%j is %s', (sent, name) => {
    expect(read(sent)).toEqual([name]);
  });

  test('texts and keys that come at once are told apart', () => {
    expect(read('hi 👋\r\u001b[Ax')).toEqual([
      { kind: 'text', text: 'hi 👋' },
      'enter',
      'up',
      { kind: 'text', text: 'x' },
    ]);
  });

  test('a sequence nobody knows is no text', () => {
    expect(read('\u001b[99;1X\u001b[77~a')).toEqual([{ kind: 'text', text: 'a' }]);
  });
});

describe('a paste', () => {
  test('of many lines is one text, also in pieces', () => {
    expect(read('\u001b[200~one\r\ntw', 'o\rthree', '\u001b[201~!')).toEqual([
      { kind: 'paste', text: 'one\ntwo\nthree' },
      { kind: 'text', text: '!' },
    ]);
  });

  test('keys in it are no keys', () => {
    expect(read('\u001b[200~a\u0003b\u001b[201~')).toEqual([{ kind: 'paste', text: 'a\u0003b' }]);
  });
});

describe('a sequence in pieces', () => {
  test.each([
    [['\u001b[', 'A'], ['up']],
    [['\u001b[1', ';5', 'A'], ['ctrl+up']],
    [
      ['x\u001b[3', '~y'],
      [{ kind: 'text', text: 'x' }, 'delete', { kind: 'text', text: 'y' }],
    ],
    [['\u001b[20', '0~a\rb\u001b[2', '01~'], [{ kind: 'paste', text: 'a\nb' }]],
    [['\u001b[200~a\u001b', '[201~'], [{ kind: 'paste', text: 'a' }]],
  ])('%j is what it is in one', (chunks, keys) => {
    expect(read(...chunks)).toEqual(keys);
  });

  test('begun by Escape alone is the key Escape, which nothing has to follow', () => {
    expect(read('\u001b', '[A')).toEqual(['escape', { kind: 'text', text: '[A' }]);
  });
});

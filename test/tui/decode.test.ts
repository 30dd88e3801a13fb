import { describe, expect, test } from 'vitest';
import { type Key, KeyDecoder } from '../../src/tui/keys/decode.ts';

const shortened = (keys: readonly Key[]) => keys.map((key) => (key.kind === 'key' ? key.name : key));

/** What comes of chunks, each of which arrives before the patience with the one before is at an end. */
const read = (...chunks: string[]) => {
  const decoder = new KeyDecoder();
  return shortened([...chunks.flatMap((chunk) => decoder.read(chunk)), ...decoder.flush()]);
};

/** The same, with a long pause behind each chunk. */
const readSlowly = (...chunks: string[]) => {
  const decoder = new KeyDecoder();
  return shortened(chunks.flatMap((chunk) => [...decoder.read(chunk), ...decoder.flush()]));
};

const text = (written: string): Key => ({ kind: 'text', text: written });

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
    ['\u001b[63;5u', 'ctrl+?'],
    ['\u001b[27;5;63~', 'ctrl+?'],
    ['\u001b[27;2;13~', 'shift+enter'],
    ['\u001b[127;5u', 'ctrl+backspace'],
    ['\u001b[9;2u', 'shift+tab'],
    ['\u001b[[A', 'f1'],
    ['\u001b[[E', 'f5'],
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

  test.each([
    ['\u001b[99;1X\u001b[77~a'],
    ['\u001b[?1;2ca'],
    ['\u001b[>0;10;1ca'],
    ['\u001b[Ia'],
    ['\u001b[2 qa'],
    ['\u001b[?2026;2$ya'],
    ['\u001b]11;rgb:ffff/ffff/ffff\u0007a'],
    ['\u001b]11;rgb:ffff/ffff/ffff\u001b\\a'],
    ['\u001bP>|tmux 3.4\u001b\\a'],
  ])('%j is an answer or a sequence nobody knows, and a text', (sent) => {
    expect(read(sent)).toEqual([text('a')]);
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

  test.each<[string[], unknown[]]>([
    [['\u001b', '[C'], ['right']],
    [['\u001b', '[', 'C'], ['right']],
    [['\u001b', 'O', 'P'], ['f1']],
    [['\u001b', 'b'], ['alt+b']],
    [
      ['\u001b', '\u001b', '[A'],
      ['escape', 'up'],
    ],
    [['\u001b]11;rgb', ':0/0/0\u001b', '\\x'], [text('x')]],
    [['\u001b[', '<0;1', ';1M'], [{ kind: 'mouse', what: 'click', x: 0, y: 0 }]],
    [['\u001b[M', ' ', '!!x'], [text('x')]],
  ])('%j is a key, also if it begins with an ESC alone', (chunks, keys) => {
    expect(read(...chunks)).toEqual(keys);
  });

  test.each<[string[], unknown[]]>([
    [
      ['\u001b', 'x'],
      ['escape', text('x')],
    ],
    [
      ['\u001b[', 'x'],
      ['alt+[', text('x')],
    ],
    [
      ['\u001bO', 'x'],
      ['alt+O', text('x')],
    ],
    [['\u001b[1;5', 'x'], [text('x')]],
    [['\u001b[<0;1', 'x'], [text('x')]],
    [['\u001b]11;rgb', 'x'], [text('x')]],
    [['\u001b[200~a', 'x', '\u001b[201~'], [{ kind: 'paste', text: 'ax' }]],
  ])('%j does not wait for its end for ever, unless it is a paste', (chunks, keys) => {
    expect(readSlowly(...chunks)).toEqual(keys);
  });

  test.each([
    ['', undefined],
    ['a', undefined],
    ['\u001b[A', undefined],
    ['\u001b[200~a', undefined],
    ['\u001b', 50],
    ['a\u001b', 50],
    ['\u001b[', 500],
    ['\u001b[1;', 500],
  ])('%j has to wait so many milliseconds: %j', (sent, wait) => {
    const decoder = new KeyDecoder();
    decoder.read(sent);
    expect(decoder.wait).toBe(wait);
  });

  test('broken off by a key is that key', () => {
    expect(read('\u001b[1;5', '\u0003')).toEqual(['ctrl+c']);
    expect(read('\u001b[1;5', '\u001b[A')).toEqual(['up']);
  });
});

describe('the mouse', () => {
  test.each([
    ['\u001b[<0;1;1M', 'click', 0, 0],
    ['\u001b[<0;200;60M', 'click', 199, 59],
    ['\u001b[<64;10;5M', 'wheel up', 9, 4],
    ['\u001b[<65;10;5M', 'wheel down', 9, 4],
    ['\u001b[<16;3;4M', 'click', 2, 3],
  ])('%j is a %s at %i, %i', (sent, what, x, y) => {
    expect(read(sent)).toEqual([{ kind: 'mouse', what, x, y }]);
  });

  test.each([
    ['\u001b[<0;1;1m'],
    ['\u001b[<2;1;1M'],
    ['\u001b[<35;1;1M'],
    ['\u001b[<0M'],
    ['\u001b[<0;0;0M'],
  ])('%j is nothing: a button that is released, another button, a move, a broken place', (sent) => {
    expect(read(sent)).toEqual([]);
  });
});

import { expect, test } from 'vitest';
import { toClipboard } from '../../../src/tui/terminal/clipboard.ts';

const plain = '\u001b]52;c;aGk=\u0007';

test.each<[string, NodeJS.ProcessEnv, string, RegExp]>([
  ['a terminal', {}, plain, /clipboard \(OSC 52\); not every terminal/],
  ['tmux', { TMUX: '/tmp/tmux' }, `\u001bPtmux;\u001b${plain}\u001b\\${plain}`, /tmux passes it on if/],
  ['screen', { STY: '1.pts' }, `\u001bP${plain}\u001b\\`, /through screen/],
])('in %s, a text is sent so that it arrives, and it is said what was tried', (_, env, sequence, tried) => {
  const copying = toClipboard('hi', env);
  expect(copying.sequence).toBe(sequence);
  expect(copying.tried).toMatch(tried);
});

test('screen gets a long text in pieces that it takes', () => {
  const { sequence = '' } = toClipboard('x'.repeat(1_000), { STY: '1.pts' });
  const pieces = sequence.split('\u001b\\').slice(0, -1);
  expect(pieces.every((piece) => piece.startsWith('\u001bP') && piece.length <= 252)).toBe(true);
  expect(pieces.map((piece) => piece.slice(2)).join('')).toBe(toClipboard('x'.repeat(1_000), {}).sequence);
});

test.each([
  [74_994, true],
  [74_995, false],
])('a text of %i bytes is sent: %j', (length, isSent) => {
  const { sequence, tried } = toClipboard('x'.repeat(length), {});
  expect([sequence !== undefined, tried.startsWith('Not copied')]).toEqual([isSent, !isSent]);
});

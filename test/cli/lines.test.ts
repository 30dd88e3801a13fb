import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { linesOf } from '../../src/cli/simulate/lines.ts';

async function linesIn(...pieces: Array<string | Uint8Array>): Promise<string[]> {
  const lines: string[] = [];
  const bytes = pieces.map((piece) => Buffer.from(piece));
  for await (const line of linesOf(Readable.from(bytes, { objectMode: false }))) lines.push(line);
  return lines;
}

test.each<[string, Array<string | Uint8Array>, string[]]>([
  ['nothing', [], []],
  ['a line without an end', ['one'], ['one']],
  ['lines and an empty one', ['one\n\ntwo\n'], ['one', '', 'two']],
  ['Windows lines', ['one\r\ntwo\r\n'], ['one', 'two']],
  ['an end in two pieces', ['one\r', '\ntwo'], ['one', 'two']],
  ['a line in many pieces', ['o', 'n', 'e\nt', 'wo'], ['one', 'two']],
  ['other breaks', ['a\u2028b\u2029c\rd\u0085\n'], ['a\u2028b\u2029c\rd\u0085']],
  ['a character in two pieces', [Uint8Array.of(0xf0, 0x9f), Uint8Array.of(0x91, 0x8b)], ['👋']],
  ['a byte order mark', ['\ufeffone\r\ntwo'], ['one', 'two']],
  ['a byte order mark in pieces', [Uint8Array.of(0xef), Uint8Array.of(0xbb, 0xbf, 0x61)], ['a']],
  ['a mark that stands inside', ['one\n\ufefftwo'], ['one', '\ufefftwo']],
  ['UTF-16', [Buffer.from('\ufeffone\r\nzwölf 👋', 'utf16le')], ['one', 'zwölf 👋']],
  [
    'UTF-16 in pieces',
    [...Buffer.from('\ufeffzwölf\r\n👋', 'utf16le')].map((byte) => Uint8Array.of(byte)),
    ['zwölf', '👋'],
  ],
  ['UTF-16 the other way round', [Buffer.from('\ufeffzwölf', 'utf16le').swap16()], ['zwölf']],
  ['a byte that is none', [Uint8Array.of(0xff)], ['\ufffd']],
  ['half a character', [Uint8Array.of(0xf0, 0x9f)], ['\ufffd']],
])('the lines of %s', async (_, pieces, lines) => {
  expect(await linesIn(...pieces)).toEqual(lines);
});

test('they end when the stream is destroyed, and fail when it fails', async () => {
  const [destroyed, failing] = [new PassThrough(), new PassThrough()];
  destroyed.write('one\ntwo');
  failing.write('one\n');
  const [some, others] = [linesOf(destroyed), linesOf(failing)];
  expect([await some.next(), await others.next()]).toMatchObject([{ value: 'one' }, { value: 'one' }]);
  destroyed.destroy();
  failing.destroy(new Error('broken'));
  expect(await some.next()).toMatchObject({ done: true });
  await expect(others.next()).rejects.toThrow('broken');
});

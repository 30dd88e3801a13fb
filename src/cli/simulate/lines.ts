import type { Readable } from 'node:stream';

const isEarlyEnd = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

/**
 * The lines of a byte stream. Only `\n` and `\r\n` end a line, since a message may contain other line breaks.
 * Destroying the stream ends them.
 */
export async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let begun: string[] = [];
  try {
    for await (const text of textOf(stream)) {
      const [first = '', ...others] = text.split('\n');
      begun.push(first);
      for (const next of others) {
        yield whole(begun);
        begun = [next];
      }
    }
  } catch (error) {
    if (!isEarlyEnd(error)) throw error;
    return;
  }
  if (begun.join('') !== '') yield whole(begun);
}

/**
 * The text of a byte stream, without a byte order mark. A character may be split between two chunks. A UTF-16
 * mark, as PowerShell writes it, selects UTF-16; anything else is UTF-8.
 */
async function* textOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let begun: Buffer = Buffer.alloc(0);
  for await (const bytes of stream) {
    begun = decoder ? bytes : Buffer.concat([begun, bytes]);
    // A single byte does not identify the mark, so wait for the next one.
    if (decoder === undefined && begun.length === 1 && begun[0] !== undefined && begun[0] >= 0xfe) continue;
    decoder ??= new TextDecoder(encodingOf(begun));
    yield decoder.decode(begun, { stream: true });
    begun = Buffer.alloc(0);
  }
  decoder ??= new TextDecoder();
  yield decoder.decode(begun);
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

const whole = (pieces: readonly string[]): string => pieces.join('').replace(/\r$/, '');

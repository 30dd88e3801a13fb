import type { Readable } from 'node:stream';

const isEarlyEnd = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

/**
 * The lines of a stream of bytes, which end with `\n` or `\r\n` and with nothing else: a message may hold any other
 * break. Destroying the stream ends them.
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

/** What was read as text; a character that comes in two pieces is one. */
async function* textOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const bytes of stream) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

const whole = (pieces: readonly string[]): string => pieces.join('').replace(/\r$/, '');

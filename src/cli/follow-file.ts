import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between checks for new lines. */
const pollInterval = 200;
/** Number of bytes read at once. */
const chunkSize = 1024 * 1024;

/**
 * Shows what is appended to a file until the signal aborts. After a rotation to `NAME.1`, it shows the rest
 * of that file and then the new one from its beginning.
 */
export async function followFile(
  file: string,
  show: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const push = lineSplitter(show);
  let position = sizeOf(file);
  while (!signal.aborted) {
    const size = sizeOf(file);
    if (size < position) {
      push(readPiece(`${file}.1`, position, sizeOf(`${file}.1`) - position));
      position = 0;
    }
    if (size > position) {
      const piece = readPiece(file, position, Math.min(chunkSize, size - position));
      position += piece.length;
      push(piece);
    } else await sleep(pollInterval, undefined, { signal }).catch(() => {});
  }
}

/** Splits text into lines. Chunks may end anywhere. */
function lineSplitter(show: (line: string) => void): (piece: Buffer) => void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return (piece) => {
    const lines = (rest + decoder.write(piece)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) show(line);
  };
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

function readPiece(file: string, position: number, length: number): Buffer {
  if (length <= 0) return Buffer.alloc(0);
  const buffer = Buffer.alloc(length);
  const opened = openSync(file, 'r');
  try {
    return buffer.subarray(0, readSync(opened, buffer, 0, length, position));
  } finally {
    closeSync(opened);
  }
}

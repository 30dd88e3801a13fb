import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often it is looked for new lines, in milliseconds. */
const lookEvery = 200;
/** At most so much is read at a time. */
const chunkSize = 1024 * 1024;

/** Shows what is added to a file until the signal; goes on with the next file when this one was put aside. */
export async function followFile(
  file: string,
  show: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let position = existsSync(file) ? statSync(file).size : 0;
  let rest = '';
  while (!signal.aborted) {
    const size = existsSync(file) ? statSync(file).size : 0;
    if (size < position) position = 0;
    if (size > position) {
      const piece = readPiece(file, position, Math.min(chunkSize, size - position));
      position += piece.length;
      const lines = (rest + piece.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) show(line);
    } else await sleep(lookEvery, undefined, { signal }).catch(() => {});
  }
}

function readPiece(file: string, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  const opened = openSync(file, 'r');
  try {
    return buffer.subarray(0, readSync(opened, buffer, 0, length, position));
  } finally {
    closeSync(opened);
  }
}

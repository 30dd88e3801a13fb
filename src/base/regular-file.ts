import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/**
 * A pipe without a writer, a terminal or a device would hold up whoever opens it, and one of Node's few threads for
 * files with it. What Windows has no word for, it does not do.
 */
const readOnly = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** So much is read at once. */
const chunkSize = 65_536;

/** What a file was found to hold: its bytes, or how many they are at least where that is more than allowed. */
export type Found = { bytes: Uint8Array } | { tooLarge: number };

/**
 * Reads a regular file, and nothing else. What it is and how large is asked of the file that is open, not of its
 * path, which may lead elsewhere by then; one that grows meanwhile is cut.
 *
 * @param limit bytes
 * @throws an Error that says what it is when it is no regular file, and what the system says when it cannot be read
 */
export async function readRegularFile(file: string, limit: number): Promise<Found> {
  const handle = await open(file, readOnly);
  try {
    const stat = await handle.stat();
    requireRegular(stat);
    return stat.size > limit ? { tooLarge: stat.size } : await readWithin(handle, limit);
  } finally {
    await handle.close();
  }
}

/** As {@link readRegularFile}, at once and as text; undefined where it is no regular file or too large. */
export function readRegularText(file: string, limit: number): string | undefined {
  const descriptor = openSync(file, readOnly);
  try {
    if (!fstatSync(descriptor).isFile()) return undefined;
    const parts: Buffer[] = [];
    for (let size = 0; size <= limit; ) {
      const part = Buffer.allocUnsafe(chunkSize);
      const read = readSync(descriptor, part, 0, chunkSize, null);
      if (read === 0) return Buffer.concat(parts).toString('utf8');
      parts.push(part.subarray(0, read));
      size += read;
    }
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}

/** The size that a file has at first is not believed: those of the system say 0 and may have no end. */
async function readWithin(handle: FileHandle, limit: number): Promise<Found> {
  const parts: Buffer[] = [];
  for (let size = 0; size <= limit; ) {
    const part = Buffer.allocUnsafe(chunkSize);
    const { bytesRead } = await handle.read(part, 0, chunkSize, null);
    if (bytesRead === 0) return { bytes: Buffer.concat(parts) };
    parts.push(part.subarray(0, bytesRead));
    size += bytesRead;
  }
  return { tooLarge: parts.reduce((sum, part) => sum + part.byteLength, 0) };
}

function requireRegular(stat: Stats): void {
  if (stat.isFile()) return;
  const kind = stat.isDirectory()
    ? 'a folder'
    : stat.isFIFO()
      ? 'a pipe'
      : stat.isSocket()
        ? 'a socket'
        : 'a device';
  throw new Error(`it is ${kind}, not a regular file`);
}

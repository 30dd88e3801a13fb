import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/**
 * Opening a pipe without a writer, a terminal or a device would block, and occupy one of Node's few file
 * threads. Flags that Windows lacks are left out.
 */
const readOnly = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** How many bytes are read at once. */
const chunkSize = 65_536;

/** What a file holds: its bytes or, if it is too large, a lower bound of its size. */
export type FileContent = { bytes: Uint8Array } | { tooLarge: number };

/**
 * Reads a regular file and rejects anything else. Type and size are those of the open file, not of its path,
 * which may point elsewhere by then. A file that grows meanwhile is cut.
 *
 * @param limit bytes
 * @throws an Error that says what it is if not a regular file, or the system's error if it cannot be read
 */
export async function readRegularFile(file: string, limit: number): Promise<FileContent> {
  const handle = await open(file, readOnly);
  try {
    const stat = await handle.stat();
    requireRegular(stat);
    return stat.size > limit ? { tooLarge: stat.size } : await readWithin(handle, limit);
  } finally {
    await handle.close();
  }
}

/** Like {@link readRegularFile}, but synchronous and as text; undefined if not regular or too large. */
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

/** The initial size is not trusted: system files report 0 and may have no end. */
async function readWithin(handle: FileHandle, limit: number): Promise<FileContent> {
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

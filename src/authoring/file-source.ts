import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { createError, wrapError } from '../base/errors.ts';
import { readRegularFile } from '../base/regular-file.ts';
import { limitedFetch } from './limited-fetch.ts';

/**
 * A file to send: a path (absolute or relative to the workspace), a URL (`http:`, `https:`), or the content
 * itself.
 */
export type FileSource = string | URL | Uint8Array | Blob;

/** A loaded file: its content, and its display name. */
export interface LoadedFile {
  name: string;
  bytes: Uint8Array;
}

/** Where files are found, and how large they may be. */
export interface FileLimits {
  /** The workspace's folder. */
  folder: string;
  /** The kind of the file in errors: `image`. */
  kind: string;
  /** Kilobytes. */
  limit: number;
}

/** How many characters of a downloaded file's name are kept. */
const maxNameLength = 255;

/** How many milliseconds a download may take. */
const downloadTimeout = 10_000;

/**
 * Reads a file to send, and stops as soon as it exceeds the limit.
 *
 * @throws FILE_UNREADABLE when it cannot be read, FILE_TOO_LARGE with the limit
 */
export async function loadFile(source: FileSource, limits: FileLimits): Promise<LoadedFile> {
  if (source instanceof Uint8Array) return { name: limits.kind, bytes: checked(source, limits, limits.kind) };
  if (source instanceof Blob) return loadBlob(source, limits);
  if (typeof source !== 'string' && !(source instanceof URL))
    throw createError(
      'FILE_UNREADABLE',
      inspect(source, { depth: 0 }),
      'it is not a path, an address or content',
    );
  const address = addressOf(source);
  if (address === undefined) return readLocal(path.resolve(limits.folder, String(source)), limits);
  return address.protocol === 'file:' ? readLocal(fileURLToPath(address), limits) : download(address, limits);
}

async function loadBlob(blob: Blob, limits: FileLimits): Promise<LoadedFile> {
  const name = blob instanceof File ? blob.name : limits.kind;
  checkSize(blob.size, limits, name);
  return { name, bytes: checked(new Uint8Array(await blob.arrayBuffer()), limits, name) };
}

async function readLocal(file: string, limits: FileLimits): Promise<LoadedFile> {
  const name = path.basename(file);
  const found = await readRegularFile(file, limits.limit * 1024).catch((error: Error) => {
    throw wrapError(error, 'FILE_UNREADABLE', file, error.message);
  });
  if ('tooLarge' in found) throw tooLarge(found.tooLarge, limits, name);
  return { name, bytes: found.bytes };
}

/** Downloads a file. Errors contain the URL without its query and password, which may be secret. */
async function download(address: URL, limits: FileLimits): Promise<LoadedFile> {
  // A URL's name can be of any length. Its end is kept, since that has the extension.
  const name = path.posix.basename(address.pathname).slice(-maxNameLength) || limits.kind;
  const shown = `${address.origin}${address.pathname}`;
  const unreadable = (reason: string) => createError('FILE_UNREADABLE', shown, reason);
  const response = await limitedFetch(address, {
    milliseconds: downloadTimeout,
    maxBytes: limits.limit * 1024,
    errors: {
      timedOut: () => unreadable(`the download took longer than ${downloadTimeout} ms`),
      tooLarge: (bytes) => tooLarge(bytes, limits, name),
      failed: (reason, cause) => wrapError(cause, 'FILE_UNREADABLE', shown, reason),
    },
  });
  if (!response.ok) throw unreadable(`the server answered ${response.status}`);
  checkSize(Number(response.headers.get('content-length') ?? 0), limits, name);
  return { name, bytes: new Uint8Array(await response.arrayBuffer()) };
}

function checked(bytes: Uint8Array, limits: FileLimits, name: string): Uint8Array {
  checkSize(bytes.byteLength, limits, name);
  return bytes;
}

function checkSize(bytes: number, limits: FileLimits, name: string): void {
  if (bytes > limits.limit * 1024) throw tooLarge(bytes, limits, name);
}

const tooLarge = (bytes: number, { kind, limit }: FileLimits, name: string): Error =>
  createError('FILE_TOO_LARGE', kind, name, limit, Math.ceil(bytes / 1024));

function addressOf(source: string | URL): URL | undefined {
  if (source instanceof URL) return source;
  return /^(https?|file):\/\//i.test(source) ? new URL(source) : undefined;
}

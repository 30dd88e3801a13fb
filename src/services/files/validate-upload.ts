import { isUtf8 } from 'node:buffer';
import path from 'node:path';
import { createError } from '../../base/errors.ts';
import { extensionOf } from '../../base/file-extension.ts';
import { type FileKind, fileKinds } from '../../domain/file-kind.ts';

/** Equivalent extensions, by the extension that `file-type` detects. */
const sameAs: Readonly<Record<string, string[]>> = {
  jpg: ['jpg', 'jpeg'],
  apng: ['png'],
  oga: ['oga', 'ogg'],
  ogg: ['ogg', 'oga'],
  opus: ['ogg', 'oga'],
  webm: ['webm', 'weba'],
  m4v: ['mp4'],
  zip: ['zip', 'docx', 'xlsx', 'pptx'],
};

/** Containers whose signature does not identify the content, by detected extension. The name decides. */
const containers: Readonly<Record<string, string[]>> = {
  cfb: ['doc', 'xls', 'ppt'],
  asf: ['wmv'],
  ogx: ['ogg', 'oga', 'ogv'],
};

/** Extensions of plain text, which has no signature. */
const textual = new Set(['csv', 'json', 'txt', 'xml', 'rtf']);

/** Text that browsers execute, so it is never stored as plain text. */
const active: Readonly<Record<string, string>> = {
  htm: 'text/html',
  html: 'text/html',
  svg: 'image/svg+xml',
  xhtml: 'application/xhtml+xml',
};

/** Formats with a signature that may still be plain text. */
const signedTexts = new Set(['pdf', 'rtf', 'xml']);

/** The extensions that fit the content, most likely first, and what to call it. */
interface Content {
  possible: readonly string[];
  found: string;
}

/**
 * Validates an uploaded file by its content. Its name only decides what the content cannot.
 *
 * @param limit kilobytes
 * @param extensions the extensions allowed for its kind
 * @returns the extension to store it with
 * @throws FILE_TOO_LARGE, FILE_REFUSED
 * @example await validateUpload('image', 'me.jpeg', bytes, 5120) // 'jpeg'; 'png' where it holds one
 */
export async function validateUpload(
  kind: FileKind,
  name: string,
  bytes: Uint8Array,
  limit: number,
  extensions: readonly string[] = fileKinds[kind].extensions,
): Promise<string> {
  const shown = shownName(name);
  if (bytes.byteLength > limit * 1024) {
    throw createError('FILE_TOO_LARGE', kind, shown, limit, Math.ceil(bytes.byteLength / 1024));
  }
  const named = extensionOf(name);
  const { possible, found } = await contentOf(bytes, named);
  const fitting = possible.filter((extension) => extensions.includes(extension));
  const ending = fitting.includes(named) ? named : fitting[0];
  if (ending === undefined) throw createError('FILE_REFUSED', kind, extensions, shown, found);
  return ending;
}

/** Loads the library that detects file types, which most commands never need. */
export const loadFileTypes = () => import('file-type');

async function contentOf(bytes: Uint8Array, named: string): Promise<Content> {
  if (bytes.byteLength === 0) return { possible: [], found: 'nothing' };
  const { fileTypeFromBuffer } = await loadFileTypes();
  const type = (await fileTypeFromBuffer(bytes)) ?? tagged(bytes);
  // Text can match a short signature by chance: a list of cars that begins with "BM" is not a picture.
  const text = isText(bytes);
  if (type && (!text || signedTexts.has(type.ext))) return signed(type, named);
  return text ? textOf(named) : { possible: [], found: unknown(named) };
}

/** An MP3 whose tags are longer than the part that is searched. */
const tagged = (bytes: Uint8Array): { ext: string; mime: string } | undefined =>
  String.fromCharCode(...bytes.subarray(0, 3)) === 'ID3' ? { ext: 'mp3', mime: 'audio/mpeg' } : undefined;

function signed({ ext, mime }: { ext: string; mime: string }, named: string): Content {
  const possible = containers[ext]?.filter((ending) => ending === named) ?? sameAs[ext] ?? [ext];
  return { possible, found: mime };
}

function textOf(named: string): Content {
  const running = active[named];
  if (running !== undefined) return { possible: [], found: running };
  return { possible: [textual.has(named) ? named : 'txt'], found: 'text' };
}

const unknown = (named: string): string =>
  textual.has(named) ? 'text that is not UTF-8' : 'data of an unknown kind';

const isText = (bytes: Uint8Array): boolean => isUtf8(bytes) && !bytes.includes(0);

/** A name that is safe to show in a message. */
function shownName(name: string): string {
  const plain = path.basename(name).replaceAll(/\p{C}/gu, '');
  return plain.length > 100 ? `${plain.slice(0, 99)}…` : plain;
}

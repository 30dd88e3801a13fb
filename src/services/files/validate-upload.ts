import { isUtf8 } from 'node:buffer';
import path from 'node:path';
import { createError } from '../../base/errors.ts';
import { type FileKind, fileKinds } from '../../domain/file-kind.ts';

/** Endings that mean the same, by the one that `file-type` knows. */
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

/** Containers whose signature does not tell what is in them, by the one that `file-type` knows: the name tells. */
const containers: Readonly<Record<string, string[]>> = {
  cfb: ['doc', 'xls', 'ppt'],
  asf: ['wmv'],
  ogx: ['ogg', 'oga', 'ogv'],
};

/** Endings whose content is plain text, which has no signature to know it by. */
const textual = new Set(['csv', 'json', 'txt', 'xml', 'rtf']);

/** Text that browsers run, and so is never kept as mere text. */
const active: Readonly<Record<string, string>> = {
  htm: 'text/html',
  html: 'text/html',
  svg: 'image/svg+xml',
  xhtml: 'application/xhtml+xml',
};

/** Formats with a signature that may consist of nothing but text. */
const signedTexts = new Set(['pdf', 'rtf', 'xml']);

/** The endings that content may have, the likeliest first, and what to call it. */
interface Content {
  possible: readonly string[];
  found: string;
}

/**
 * Judges a file that is to be sent, by its content; its name only tells apart what content cannot.
 *
 * @param limit kilobytes
 * @param extensions the endings it may have, of those of its kind
 * @returns the ending it is stored with
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
  const named = path.extname(name).slice(1).toLowerCase();
  const { possible, found } = await contentOf(bytes, named);
  const fitting = possible.filter((extension) => extensions.includes(extension));
  const ending = fitting.includes(named) ? named : fitting[0];
  if (ending === undefined) throw createError('FILE_REFUSED', kind, extensions, shown, found);
  return ending;
}

/** Loads the library that knows files by their content, which most commands never need. */
export const loadFileTypes = () => import('file-type');

async function contentOf(bytes: Uint8Array, named: string): Promise<Content> {
  if (bytes.byteLength === 0) return { possible: [], found: 'nothing' };
  const { fileTypeFromBuffer } = await loadFileTypes();
  const type = (await fileTypeFromBuffer(bytes)) ?? tagged(bytes);
  // A short signature is soon met by chance: a list of cars begins with "BM" and is no picture.
  const text = isText(bytes);
  if (type && (!text || signedTexts.has(type.ext))) return signed(type, named);
  return text ? textOf(named) : { possible: [], found: unknown(named) };
}

/** Sound whose tags are longer than what was looked through for it. */
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
  textual.has(named) ? 'no text in UTF-8' : 'data of an unknown kind';

const isText = (bytes: Uint8Array): boolean => isUtf8(bytes) && !bytes.includes(0);

/** A name as a sentence can carry it. */
function shownName(name: string): string {
  const plain = path.basename(name).replaceAll(/\p{C}/gu, '');
  return plain.length > 100 ? `${plain.slice(0, 99)}…` : plain;
}

import path from 'node:path';
import { failure } from '../base/errors.ts';
import { type FileKind, fileKinds } from '../domain/file-kind.ts';

/** Endings that mean the same, by the one that `file-type` knows. */
const sameAs: Readonly<Record<string, string[]>> = {
  jpg: ['jpg', 'jpeg'],
  cfb: ['doc', 'xls', 'ppt'],
  asf: ['wmv'],
  oga: ['oga', 'ogg'],
  ogg: ['ogg', 'oga'],
  opus: ['ogg', 'oga'],
  webm: ['webm', 'weba'],
  m4v: ['mp4'],
  zip: ['zip', 'docx', 'xlsx', 'pptx'],
};

/** Endings whose content is plain text, which has no signature to know it by. */
const textual = new Set(['csv', 'json', 'txt', 'xml', 'rtf']);

/**
 * Judges a file that is to be sent, by its content; its name only tells apart what content cannot.
 *
 * @param limit kilobytes
 * @returns the ending it is stored with
 * @throws FILE_TOO_LARGE, FILE_REFUSED
 */
export async function judgeFile(
  kind: FileKind,
  name: string,
  bytes: Uint8Array,
  limit: number,
): Promise<string> {
  if (bytes.byteLength > limit * 1024) {
    throw failure('FILE_TOO_LARGE', kind, name, limit, Math.ceil(bytes.byteLength / 1024));
  }
  const { extensions } = fileKinds[kind];
  const refuse = (found: string) => failure('FILE_REFUSED', kind, extensions, name, found);
  if (bytes.byteLength === 0) throw refuse('nothing');
  const named = path.extname(name).slice(1).toLowerCase();
  const { possible, found } = await possibleEndings(bytes, named);
  const fitting = possible.filter((extension) => extensions.includes(extension));
  const ending = fitting.includes(named) ? named : fitting[0];
  if (ending === undefined) throw refuse(found);
  return ending;
}

/** The endings that content may have, the likeliest first, and what to call it. */
async function possibleEndings(
  bytes: Uint8Array,
  named: string,
): Promise<{ possible: string[]; found: string }> {
  const { fileTypeFromBuffer } = await import('file-type');
  const type = await fileTypeFromBuffer(bytes);
  if (type) return { possible: sameAs[type.ext] ?? [type.ext], found: type.mime };
  if (!isText(bytes)) return { possible: [], found: 'data of an unknown kind' };
  return { possible: textual.has(named) ? [named] : ['txt'], found: 'text' };
}

function isText(bytes: Uint8Array): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(bytes).includes('\0');
  } catch {
    return false;
  }
}

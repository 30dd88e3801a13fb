import { isId, newId } from '../base/ids.ts';
import { type FileKind, fileKinds } from './file-kind.ts';

/*
 * Every path of a stored file is built here, relative to the root of the storage and with `/`. Paths consist
 * of ids, which are checked, and of names that were also built here. Outside input is never used as it is.
 */

/** The file of a message. */
export const messageFile = (threadId: string, kind: FileKind, name: string): string =>
  `threads/${id(threadId)}/${fileKinds[kind].folder}/${fileName(name)}`;

/** The avatar of a group. */
export const threadAvatar = (threadId: string, name: string): string =>
  `threads/${id(threadId)}/avatar/${fileName(name)}`;

/** The folder for all files of a bot. */
export const botFolder = (threadId: string, botId: string): string =>
  `threads/${id(threadId)}/bots/${id(botId)}`;

/** The avatar of a bot. */
export const botAvatar = (threadId: string, botId: string, name: string): string =>
  `${botFolder(threadId, botId)}/avatar/${fileName(name)}`;

/** How many characters of the original name are kept. */
const maxLength = 100;

/**
 * The name a file is stored under: the safe part of its own name, a UUID, and the extension of its content.
 *
 * @example storedName('My cat!.jpeg', 'jpg') // 'Mycat_01a2….jpg'
 */
export function storedName(original: string, extension: string): string {
  const base = original.replace(/\.[^.]*$/, '').replace(/[^\w-]/g, '');
  return `${base.slice(0, maxLength)}_${newId()}.${extension}`;
}

function id(text: string): string {
  if (isId(text)) return text;
  throw new TypeError(`"${text}" is not an id, so it cannot be part of a path.`);
}

function fileName(text: string): string {
  if (/^[\w-]+\.\w+$/.test(text)) return text;
  throw new TypeError(`"${text}" is not the name of a stored file, so it cannot be part of a path.`);
}

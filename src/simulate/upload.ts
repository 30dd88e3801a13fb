import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemReason } from '../base/system-error.ts';
import type { FileKind, MessageJson } from '../client/index.ts';
import { groupOf, pathOf, reject, type Session } from './session.ts';

const kinds: Record<Exclude<FileKind, 'document'>, RegExp> = {
  image: /\.(jpe?g|png|bmp|gif|webp)$/i,
  audio: /\.(aac|mp3|oga|ogg|wav|weba)$/i,
  video: /\.(avi|mp4|ogv|webm|3gp|3g2|wmv|mov)$/i,
};

/** The kind of a file, guessed from its name. */
const kindOfFile = (name: string): FileKind =>
  (Object.keys(kinds) as Array<keyof typeof kinds>).find((kind) => kinds[kind].test(name)) ?? 'document';

const megabyte = 1024 * 1024;

/** More than usually allowed for any kind of file. The daemon decides the exact limit. */
const largest = 64 * megabyte;

/** Why a file is not read: reading a pipe would block, and a device never ends. */
async function whyUnread(file: string): Promise<string | undefined> {
  const found = await stat(file);
  if (!found.isFile() && !found.isDirectory()) return 'it is no file that can be read to its end';
  if (found.size <= largest) return undefined;
  return `it has ${Math.ceil(found.size / megabyte)} MB, and no file of a message may`;
}

/** Sends a file to the open group. */
export async function upload(session: Session, file: string): Promise<void> {
  session.received(await send(session, file));
}

async function send(session: Session, file: string): Promise<MessageJson> {
  const threadId = groupOf(session);
  try {
    const unread = await whyUnread(pathOf(file));
    if (unread !== undefined) return reject(`${file} was not sent: ${unread}.`);
    const bytes = new Uint8Array(await readFile(file));
    return await session.client.files.upload(threadId, kindOfFile(file), path.basename(file), bytes);
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    return reject(`${file} was not sent: ${reason}.`);
  }
}

import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemReason } from '../base/system-error.ts';
import type { FileKind, MessageJson } from '../client/index.ts';
import { fileKinds } from '../domain/file-kind.ts';
import { groupOf, pathOf, reject, type Session } from './session.ts';

/** The kinds with extensions to look for. A `.webm` can be both, and counts as video. */
const guessed = ['image', 'video', 'audio'] as const;

/** The kind of a file, guessed from its name. */
function kindOfFile(name: string): FileKind {
  const lowerCase = name.toLowerCase();
  const hasExtension = (extension: string) => lowerCase.endsWith(`.${extension}`);
  return guessed.find((kind) => fileKinds[kind].extensions.some(hasExtension)) ?? 'document';
}

const megabyte = 1024 * 1024;

/** More than usually allowed for any kind of file. The daemon decides the exact limit. */
const maxSize = 64 * megabyte;

/** Why a file is not read: reading a pipe would block, and a device never ends. */
async function unreadableReason(file: string): Promise<string | undefined> {
  const found = await stat(file);
  if (!found.isFile() && !found.isDirectory()) return 'it is not a regular file';
  if (found.size <= maxSize) return undefined;
  return `it has ${Math.ceil(found.size / megabyte)} MB, which is more than any file may have`;
}

/** Sends a file to the open group. */
export async function upload(session: Session, typed: string): Promise<void> {
  session.received(await send(session, pathOf(typed)));
}

async function send(session: Session, file: string): Promise<MessageJson> {
  const threadId = groupOf(session);
  try {
    const reason = await unreadableReason(file);
    if (reason !== undefined) return reject(`${file} was not sent: ${reason}.`);
    const bytes = new Uint8Array(await readFile(file));
    return await session.client.files.upload(threadId, kindOfFile(file), path.basename(file), bytes);
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    return reject(`${file} was not sent: ${reason}.`);
  }
}

import { spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { shownSize } from '../base/shown-size.ts';
import { systemReason } from '../base/system-error.ts';
import type { MessageJson } from '../client/index.ts';
import { givenFileName } from '../domain/given-file-name.ts';
import { pathOf, reject, type Session } from './session.ts';

/** The address of a message's file below that of the daemon; undefined if it has none. */
export const fileAddress = ({ image, document, audio, video }: MessageJson): string | undefined =>
  image?.lg ?? document ?? audio ?? video;

/** The selected message if it has a file, else the last one with a file. */
async function messageWithFile(session: Session): Promise<{ message: MessageJson; address: string }> {
  const { selected } = session;
  const message =
    selected && fileAddress(selected) !== undefined
      ? selected
      : (await session.messages()).findLast((each) => fileAddress(each) !== undefined);
  const address = message && fileAddress(message);
  if (message === undefined || address === undefined) return reject('There is no file here.');
  return { message, address };
}

/** Saves the file of a message under a name that is not taken yet. */
export async function download(session: Session, typed: string): Promise<void> {
  const { message, address } = await messageWithFile(session);
  const file = typed === '' ? path.basename(givenFileName(message.body)) : pathOf(typed);
  const bytes = await session.client.files.download(address);
  await store(file, bytes);
  session.notice(`Saved ${file} (${shownSize(bytes.length)}).`);
}

async function store(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes, { flag: 'wx' });
  } catch (error) {
    if (Object(error).code === 'EEXIST')
      return reject(`${file} exists already. /download NAME saves it under another name.`);
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    return reject(`${file} was not saved: ${reason}.`);
  }
}

/** The program that opens a file as a click on it would; undefined where there is no display. */
function opener(): string | undefined {
  if (process.platform === 'darwin') return 'open';
  if (process.platform === 'win32') return 'explorer';
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return DISPLAY || WAYLAND_DISPLAY ? 'xdg-open' : undefined;
}

/** Opens a copy of the file of a message with the program that the desktop has for it. */
export async function openFile(session: Session): Promise<void> {
  const { message, address } = await messageWithFile(session);
  const program = opener();
  if (program === undefined) return reject('There is no display here to open a file on. /download saves it.');
  const bytes = await session.client.files.download(address);
  const file = path.join(
    await mkdtemp(path.join(tmpdir(), 'messenger-file-')),
    path.basename(givenFileName(message.body)),
  );
  await store(file, bytes);
  const child = spawn(program, [file], { stdio: 'ignore', detached: true });
  child.once('error', () => session.notice(`${program} could not be started. The file is ${file}.`));
  child.unref();
  session.notice(`Opened ${file} (${shownSize(bytes.length)}) with ${program}.`);
}

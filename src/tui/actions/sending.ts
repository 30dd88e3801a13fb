import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemReason } from '../../base/system-error.ts';
import { ApiError, type FileKind, type MessageJson } from '../../client/index.ts';
import type { Controller } from '../controller.ts';
import { isMessage, selectedMessage } from '../state/conversation.ts';
import { editorOf, emptyEditor, textOf } from '../state/editor.ts';
import { type State, type Unanswered, withSaid } from '../state/state.ts';
import { safeLine } from '../text/width.ts';
import { received } from './events.ts';
import { refreshVerdicts } from './verdicts.ts';

/** Sends a text to the open group, or saves the edited one. On an error, the text returns to the prompt. */
export async function say(controller: Controller, text: string): Promise<void> {
  const { draft } = controller.state;
  try {
    await send(controller, text);
  } catch (error) {
    putBack(controller, text, draft);
    throw error;
  }
  await refreshVerdicts(controller);
}

async function send(controller: Controller, text: string): Promise<void> {
  const { threadId, draft } = controller.state;
  if (threadId === null) return controller.toast('There is no group yet: /thread new NAME makes one.', 'bad');
  controller.store.set({ draft: null });
  const { messages } = controller.client;
  if (draft?.kind === 'edit') await messages.edit(threadId, draft.messageId, text);
  else await sendText(controller, { threadId, text, replyTo: draft?.messageId });
}

/** Sends a text. If the answer was lost, a retry uses the same key, so the message is stored only once. */
async function sendText(controller: Controller, text: Omit<Unanswered, 'key'>): Promise<void> {
  const { unanswered } = controller.state;
  const isAgain =
    unanswered?.threadId === text.threadId &&
    unanswered.text === text.text &&
    unanswered.replyTo === text.replyTo;
  const key = isAgain ? unanswered.key : randomUUID();
  controller.store.set({ unanswered: null });
  try {
    const { threadId, replyTo } = text;
    const message = await controller.client.messages.send(threadId, text.text, {
      replyTo,
      temporaryId: key,
      key,
    });
    received(controller, message);
  } catch (error) {
    if (error instanceof ApiError && error.isUnreachable)
      controller.store.set({ unanswered: { ...text, key } });
    throw error;
  }
}

/** Restores a text in the prompt, unless something new was typed. */
function putBack(controller: Controller, text: string, draft: State['draft']): void {
  const editor = editorOf(text.replace(/^\//, '//'));
  controller.store.update((state) =>
    state.editor.characters.length > 0 ? state : { ...state, editor, draft },
  );
}

/** Removes the text from the prompt, adds it to the history and returns it. */
export function takeText(controller: Controller): string {
  const text = textOf(controller.state.editor);
  controller.store.update((state) => ({ ...withSaid(state, text), editor: emptyEditor, completion: null }));
  return text;
}

/** The message a command applies to: the selected one, else the last suitable one. */
export function messageMeant(
  controller: Controller,
  willDo: (message: MessageJson) => boolean = isSaid,
): MessageJson | undefined {
  const { conversation } = controller.state;
  const chosen = selectedMessage(conversation);
  return (
    chosen ??
    conversation.entries
      .filter(isMessage)
      .map(({ message }) => message)
      .findLast(willDo)
  );
}

const isSaid = ({ system_message }: MessageJson): boolean => !system_message;

/** Prepares a reply to a message, or an edit. */
export function draftAbout(controller: Controller, kind: 'reply' | 'edit', message: MessageJson): void {
  const about = `${safeLine(message.owner.name)}: ${safeLine(message.body)}`;
  controller.store.set({ draft: { kind, messageId: message.id, about }, pane: 'input' });
}

/** Reacts to the message a command applies to. */
export async function react(controller: Controller, reaction: string): Promise<void> {
  const message = messageMeant(controller);
  if (message === undefined) return controller.toast('There is no message to react to.', 'bad');
  await controller.client.reactions.add(message.thread_id, message.id, reaction);
}

/** Copies the text of the message a command applies to into the terminal's clipboard. */
export function copy(controller: Controller): void {
  const message = messageMeant(controller);
  if (message === undefined) {
    controller.toast('There is no message to copy.', 'bad');
    return;
  }
  controller.options.write(`\u001b]52;c;${Buffer.from(message.body).toString('base64')}\u0007`);
  controller.toast('Copied.', 'good');
}

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
export async function upload(controller: Controller, file: string): Promise<void> {
  const { threadId } = controller.state;
  if (threadId === null) return;
  try {
    const unread = await whyUnread(file);
    if (unread !== undefined) return controller.toast(`${file} was not sent: ${unread}.`, 'bad');
    const bytes = new Uint8Array(await readFile(file));
    received(
      controller,
      await controller.client.files.upload(threadId, kindOfFile(file), path.basename(file), bytes),
    );
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    controller.toast(`${file} was not sent: ${reason}.`, 'bad');
  }
}

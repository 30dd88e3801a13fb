import { randomUUID } from 'node:crypto';
import { ApiError, type MessageJson } from '../../client/index.ts';
import { reject } from '../../simulate/session.ts';
import { isCommand } from '../../simulate/table.ts';
import { targetMessage } from '../../simulate/target-message.ts';
import type { Controller } from '../controller.ts';
import { messagesOf, selectedMessage } from '../state/conversation.ts';
import { editorOf, textOf } from '../state/editor.ts';
import { type Unanswered, withInput, withoutErrors } from '../state/state.ts';
import {
  afterSending,
  begin,
  beginReply,
  blank,
  type Draft,
  restore,
  type Unsent,
  unsentOf,
} from '../state/unsent.ts';
import { toClipboard } from '../terminal/clipboard.ts';
import { safeLine } from '../text/width.ts';
import { received } from './events.ts';
import { refreshVerdicts } from './verdicts.ts';

/** What the prompt was when its text was sent, and what was left in it then. */
export interface Taken {
  text: string;
  unsent: Unsent;
  /** null if nothing was taken from it. */
  left: Unsent | null;
}

/** Removes the text from the prompt and adds it to the history. */
export function takeText({ store }: Controller): Taken {
  const unsent = unsentOf(store.state);
  const text = textOf(unsent.editor);
  const left = afterSending(unsent, isCommand(text));
  store.update((state) => ({ ...withInput(withoutErrors(state), text), ...left, completion: null }));
  return { text, unsent, left };
}

/** What the prompt is for, to be used for a text that was not written in it. */
function takeDraft({ store }: Controller, text: string): Taken {
  const { draft } = store.state;
  if (draft === null) return { text, unsent: blank, left: null };
  const left = afterSending(unsentOf(store.state), false);
  store.update((state) => ({ ...state, ...left }));
  return { text, unsent: { ...blank, draft }, left };
}

/**
 * Sends a text to the open group, or saves the edited one. On an error, the text returns to the prompt.
 *
 * @param taken the prompt it was taken from
 */
export async function say(
  controller: Controller,
  text: string,
  { unsent, left }: Omit<Taken, 'text'> = takeDraft(controller, text),
): Promise<void> {
  const { me, threadId } = controller.state;
  try {
    await send(controller, text, unsent.draft);
  } catch (error) {
    const failed = { ...unsent, editor: editorOf(text.replace(/^\//, '//')), aside: null };
    controller.store.update((state) => restore(state, { me, threadId }, failed, left));
    throw error;
  }
  await refreshVerdicts(controller);
}

async function send(controller: Controller, text: string, draft: Draft): Promise<void> {
  const { threadId, link } = controller.state;
  if (threadId === null)
    reject(
      link === 'connecting' ? 'Still connecting.' : 'There is no group yet: /thread new NAME makes one.',
    );
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

/** The message that a key applies to. */
export const targetOf = ({ state: { conversation } }: Controller): MessageJson | undefined =>
  targetMessage(selectedMessage(conversation), messagesOf(conversation));

/** Prepares a reply to a message, or puts the message into the prompt to be edited. */
export const draftAbout = (controller: Controller, kind: 'reply' | 'edit', message: MessageJson): void =>
  controller.store.update((state) =>
    kind === 'edit'
      ? begin(state, message.body, draftOf(kind, message))
      : beginReply(state, draftOf(kind, message)),
  );

/** Sends a reply to a message, or changes it. The prompt stays as it is. */
export const sayAbout = (
  controller: Controller,
  kind: 'reply' | 'edit',
  message: MessageJson,
  text: string,
): Promise<void> =>
  say(controller, text, {
    unsent: { ...blank, draft: draftOf(kind, message) },
    left: unsentOf(controller.state),
  });

const draftOf = (kind: 'reply' | 'edit', { id, owner, body }: MessageJson) => ({
  kind,
  messageId: id,
  about: `${safeLine(owner.name)}: ${safeLine(body)}`,
});

/** Copies the text of the target message into the terminal's clipboard. */
export function copy(controller: Controller): void {
  const message = targetOf(controller);
  if (message === undefined) {
    controller.toast('There is no message to copy.', 'bad');
    return;
  }
  const { sequence, tried } = toClipboard(message.body, process.env);
  if (sequence === undefined) {
    controller.toast(tried, 'bad');
    return;
  }
  controller.options.write(sequence);
  controller.toast(tried);
}

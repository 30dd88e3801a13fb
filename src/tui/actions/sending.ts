import { randomUUID } from 'node:crypto';
import { ApiError, type MessageJson } from '../../client/index.ts';
import { reject } from '../../simulate/session.ts';
import { targetMessage } from '../../simulate/target-message.ts';
import type { Controller } from '../controller.ts';
import { messagesOf, selectedMessage } from '../state/conversation.ts';
import { editorOf, emptyEditor, textOf } from '../state/editor.ts';
import { type State, type Unanswered, withInput } from '../state/state.ts';
import { safeLine } from '../text/width.ts';
import { received } from './events.ts';
import { refreshVerdicts } from './verdicts.ts';

/** Sends a text to the open group, or saves the edited one. On an error, the text returns to the prompt. */
export async function say(controller: Controller, text: string): Promise<void> {
  const { draft } = controller.state;
  try {
    await send(controller, text);
  } catch (error) {
    restoreText(controller, text, draft);
    throw error;
  }
  await refreshVerdicts(controller);
}

async function send(controller: Controller, text: string): Promise<void> {
  const { threadId, draft, link } = controller.state;
  if (threadId === null)
    reject(
      link === 'connecting' ? 'Still connecting.' : 'There is no group yet: /thread new NAME makes one.',
    );
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
function restoreText(controller: Controller, text: string, draft: State['draft']): void {
  const editor = editorOf(text.replace(/^\//, '//'));
  controller.store.update((state) =>
    state.editor.characters.length > 0 ? state : { ...state, editor, draft },
  );
}

/** Removes the text from the prompt, adds it to the history and returns it. */
export function takeText(controller: Controller): string {
  const text = textOf(controller.state.editor);
  controller.store.update((state) => ({ ...withInput(state, text), editor: emptyEditor, completion: null }));
  return text;
}

/** The message that a key applies to. */
export const targetOf = ({ state: { conversation } }: Controller): MessageJson | undefined =>
  targetMessage(selectedMessage(conversation), messagesOf(conversation));

/** Prepares a reply to a message, or an edit. */
export function draftAbout(controller: Controller, kind: 'reply' | 'edit', message: MessageJson): void {
  const about = `${safeLine(message.owner.name)}: ${safeLine(message.body)}`;
  controller.store.set({ draft: { kind, messageId: message.id, about }, pane: 'input' });
}

/** Copies the text of the target message into the terminal's clipboard. */
export function copy(controller: Controller): void {
  const message = targetOf(controller);
  if (message === undefined) {
    controller.toast('There is no message to copy.', 'bad');
    return;
  }
  controller.options.write(`\u001b]52;c;${Buffer.from(message.body).toString('base64')}\u0007`);
  controller.toast('Copied.', 'good');
}

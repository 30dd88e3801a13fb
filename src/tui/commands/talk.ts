import { homedir } from 'node:os';
import type { MessageJson } from '../../client/index.ts';
import { saveTranscript } from '../actions/save.ts';
import { draftAbout, messageMeant, react, say, upload } from '../actions/sending.ts';
import type { Controller } from '../controller.ts';
import { editorOf } from '../state/editor.ts';
import { type Command, missing } from './command.ts';

/** Commands for messages. */
export const talkCommands: readonly Command[] = [
  {
    name: 'react',
    usage: 'EMOJI',
    summary: 'react to the message that is looked at, or the last one',
    choices: () => ['👍', '👎', '😂', '🎉', '👀', ':heart:'],
    run: (controller, emoji) =>
      emoji === '' ? missing(controller, 'Say how: /react 👍') : react(controller, emoji),
  },
  {
    name: 'reply',
    usage: '[TEXT]',
    summary: 'answer the message that is looked at, or the last one',
    run: (controller, text) => draft(controller, 'reply', text),
  },
  {
    name: 'edit',
    usage: '[TEXT]',
    summary: 'change your message that is looked at, or your last one',
    run: (controller, text) => draft(controller, 'edit', text),
  },
  {
    name: 'delete',
    usage: '',
    summary: 'remove the message that is looked at',
    run: async (controller) => {
      const message = controller.state.conversation.selected === null ? undefined : messageMeant(controller);
      if (message === undefined) return missing(controller, 'Look at a message first: Alt+↑.');
      await controller.client.messages.remove(message.thread_id, message.id);
    },
  },
  {
    name: 'upload',
    usage: 'FILE',
    summary: 'send a picture, a document, audio or video',
    run: (controller, file) =>
      file === ''
        ? missing(controller, 'Say which: /upload picture.png')
        : upload(controller, file.replace(/^~(?=\/)/, homedir())),
  },
  {
    name: 'knock',
    usage: '',
    summary: 'knock at everybody in this group',
    run: async (controller) => {
      const { threadId } = controller.state;
      if (threadId === null) return;
      await controller.client.threads.knock(threadId);
      controller.toast('You knocked.', 'good');
    },
  },
  {
    name: 'save',
    usage: 'FILE',
    summary: 'write everything that was said here into a new file',
    run: (controller, file) =>
      file === '' ? missing(controller, 'Say where: /save talk.txt') : saveTranscript(controller, file),
  },
];

/** Sends the text at once, or prepares the prompt if there is none. */
async function draft(controller: Controller, kind: 'reply' | 'edit', text: string): Promise<void> {
  const { me } = controller.state;
  const isMine = ({ owner, system_message }: MessageJson) => owner.provider_id === me && !system_message;
  const message = kind === 'edit' ? messageMeant(controller, isMine) : messageMeant(controller);
  if (message === undefined)
    return missing(controller, `There is no message to ${kind === 'edit' ? 'change' : 'answer'}.`);
  draftAbout(controller, kind, message);
  if (text !== '') return say(controller, text);
  if (kind === 'edit') controller.store.set({ editor: editorOf(message.body) });
}

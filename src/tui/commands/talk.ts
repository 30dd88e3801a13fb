import { homedir } from 'node:os';
import type { MessageJson } from '../../client/index.ts';
import type { Desk } from '../desk.ts';
import { saveTranscript } from '../effects/save.ts';
import { draftAbout, messageMeant, react, say, upload } from '../effects/writing.ts';
import { editorOf } from '../state/editor.ts';
import { type Command, missing } from './command.ts';

/** What is done with messages. */
export const talkCommands: readonly Command[] = [
  {
    name: 'react',
    usage: 'EMOJI',
    summary: 'react to the message that is looked at, or the last one',
    choices: () => ['👍', '👎', '😂', '🎉', '👀', ':heart:'],
    run: (desk, emoji) => (emoji === '' ? missing(desk, 'Say how: /react 👍') : react(desk, emoji)),
  },
  {
    name: 'reply',
    usage: '[TEXT]',
    summary: 'answer the message that is looked at, or the last one',
    run: (desk, text) => draft(desk, 'reply', text),
  },
  {
    name: 'edit',
    usage: '[TEXT]',
    summary: 'change your message that is looked at, or your last one',
    run: (desk, text) => draft(desk, 'edit', text),
  },
  {
    name: 'delete',
    usage: '',
    summary: 'remove the message that is looked at',
    run: async (desk) => {
      const message = desk.state.conversation.selected === null ? undefined : messageMeant(desk);
      if (message === undefined) return missing(desk, 'Look at a message first: Alt+↑.');
      await desk.client.messages.remove(message.thread_id, message.id);
    },
  },
  {
    name: 'upload',
    usage: 'FILE',
    summary: 'send a picture, a document, audio or video',
    run: (desk, file) =>
      file === ''
        ? missing(desk, 'Say which: /upload picture.png')
        : upload(desk, file.replace(/^~(?=\/)/, homedir())),
  },
  {
    name: 'knock',
    usage: '',
    summary: 'knock at everybody in this group',
    run: async (desk) => {
      const { threadId } = desk.state;
      if (threadId === null) return;
      await desk.client.threads.knock(threadId);
      desk.toast('You knocked.', 'good');
    },
  },
  {
    name: 'save',
    usage: 'FILE',
    summary: 'write everything that was said here into a new file',
    run: (desk, file) =>
      file === '' ? missing(desk, 'Say where: /save talk.txt') : saveTranscript(desk, file),
  },
];

/** With a text it is done at once; without one the prompt asks for it. */
async function draft(desk: Desk, kind: 'reply' | 'edit', text: string): Promise<void> {
  const { me } = desk.state;
  const isMine = ({ owner, system_message }: MessageJson) => owner.provider_id === me && !system_message;
  const message = kind === 'edit' ? messageMeant(desk, isMine) : messageMeant(desk);
  if (message === undefined)
    return missing(desk, `There is no message to ${kind === 'edit' ? 'change' : 'answer'}.`);
  draftAbout(desk, kind, message);
  if (text !== '') return say(desk, text);
  if (kind === 'edit') desk.store.set({ editor: editorOf(message.body) });
}

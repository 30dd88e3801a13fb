import type { MessageJson } from '../../client/index.ts';
import type { Command } from '../command.ts';
import { download, openFile } from '../download.ts';
import { groupOf, reject, type Session } from '../session.ts';
import { targetMessage } from '../target-message.ts';
import { saveTranscript } from '../transcript.ts';
import { upload } from '../upload.ts';

/** Commands for messages. */
export const messageCommands: readonly Command[] = [
  {
    name: 'react',
    usage: 'EMOJI',
    summary: 'react to the selected message, or to the last one',
    isRecorded: true,
    choices: () => ['👍', '👎', '😂', '🎉', '👀', ':heart:'],
    run: (session, emoji) => (emoji === '' ? reject('Usage: /react 👍') : react(session, emoji)),
  },
  {
    name: 'reply',
    usage: '[TEXT]',
    summary: 'reply to the selected message, or to the last one',
    run: async (session, text) => {
      const message = (await target(session)) ?? reject('There is no message to reply to.');
      await session.draft('reply', message, text);
    },
  },
  {
    name: 'edit',
    usage: '[TEXT]',
    summary: 'change your selected message, or your last one',
    run: async (session, text) => {
      const message = (await ownTarget(session)) ?? reject('There is no message to change.');
      await session.draft('edit', message, text);
    },
  },
  {
    name: 'delete',
    usage: '',
    summary: 'remove the selected message; by lines, your last one',
    isRecorded: true,
    run: remove,
  },
  {
    name: 'upload',
    usage: 'FILE',
    summary: 'send an image, a document, audio or video',
    isRecorded: true,
    takesFile: true,
    run: (session, file) => (file === '' ? reject('Usage: /upload picture.png') : upload(session, file)),
  },
  {
    name: 'download',
    usage: '[FILE]',
    summary: 'save the file of the selected message, or the last one',
    takesFile: true,
    run: download,
  },
  {
    name: 'open',
    usage: '',
    summary: 'open the file of the selected message, or the last one',
    run: openFile,
  },
  {
    name: 'knock',
    usage: '',
    summary: 'knock at everybody in this group',
    isRecorded: true,
    run: async (session) => {
      await session.client.threads.knock(groupOf(session));
      session.notice('You knocked.');
    },
  },
  {
    name: 'bell',
    usage: 'on|off',
    summary: 'ring the bell of the terminal when somebody knocks, or do not',
    choices: () => ['on', 'off'],
    run: (session, word) => {
      if (word !== 'on' && word !== 'off') reject('Usage: /bell on|off');
      session.ring(word === 'on');
      session.notice(`A knock ${word === 'on' ? 'rings the bell' : 'is silent'} from now on.`);
    },
  },
  {
    name: 'save',
    usage: 'FILE',
    summary: 'save the messages of this group to a new file',
    takesFile: true,
    run: (session, file) => (file === '' ? reject('Usage: /save talk.txt') : saveTranscript(session, file)),
  },
];

const target = async (session: Session): Promise<MessageJson | undefined> =>
  targetMessage(session.selected, await session.messages());

const ownTarget = async (session: Session): Promise<MessageJson | undefined> =>
  targetMessage(session.selected, await session.messages(), session.me);

async function react(session: Session, reaction: string): Promise<void> {
  const message = (await target(session)) ?? reject('There is no message to react to.');
  await session.client.reactions.add(message.thread_id, message.id, reaction);
}

/** The full screen removes only a selected message, because the user can see there which one that is. */
async function remove(session: Session): Promise<void> {
  if (session.dialogs && session.selected === undefined) reject('Select a message first: Alt+↑.');
  const message = (await ownTarget(session)) ?? reject('There is no message to remove.');
  await session.client.messages.remove(message.thread_id, message.id);
  session.notice('The message was removed.');
}

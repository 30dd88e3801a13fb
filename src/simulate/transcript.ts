import { open } from 'node:fs/promises';
import { shownMoment } from '../base/shown-time.ts';
import { systemReason } from '../base/system-error.ts';
import { counted, escapeControls, indented } from '../base/terminal-text.ts';
import type { MessageJson } from '../client/index.ts';
import { groupOf, pathOf, reject, type Session } from './session.ts';

/** Writes all messages of the open group into a new file, oldest first. */
export async function saveTranscript(session: Session, file: string): Promise<void> {
  const messages = await allMessages(session);
  try {
    const handle = await open(pathOf(file), 'wx');
    await handle.writeFile(messages.reverse().map(transcriptLine).join(''));
    await handle.close();
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    reject(`${file} was not written: ${reason}.`);
  }
  session.notice(`${counted(messages.length, 'message')} saved in ${file}.`);
}

async function allMessages(session: Session): Promise<MessageJson[]> {
  const threadId = groupOf(session);
  const all: MessageJson[] = [];
  for await (const { data } of session.client.messages.pages(threadId)) all.push(...data);
  return all;
}

function transcriptLine({ created_at, owner, body, system_message }: MessageJson): string {
  const lead = `${shownMoment(created_at)}  ${owner.name}${system_message ? ' ' : ': '}`;
  return `${escapeControls(lead)}${indented(escapeControls(body), 2)}\n`;
}

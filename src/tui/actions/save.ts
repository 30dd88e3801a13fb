import { open } from 'node:fs/promises';
import { systemReason } from '../../base/system-error.ts';
import { counted, escapeControls, indented } from '../../base/terminal-text.ts';
import type { MessageJson } from '../../client/index.ts';
import type { Controller } from '../controller.ts';

/** Writes all messages of the open group into a new file, oldest first. */
export async function saveTranscript(controller: Controller, file: string): Promise<void> {
  const { threadId } = controller.state;
  if (threadId === null) return;
  const messages = await allMessages(controller, threadId);
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(messages.reverse().map(transcriptLine).join(''));
    await handle.close();
    controller.toast(`${counted(messages.length, 'message')} saved in ${file}.`, 'good');
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    controller.toast(`${file} was not written: ${reason}.`, 'bad');
  }
}

async function allMessages(controller: Controller, threadId: string): Promise<MessageJson[]> {
  const { messages } = controller.client;
  const all: MessageJson[] = [];
  let page = await messages.newest(threadId);
  for (;;) {
    all.push(...page.data);
    if (page.meta.next_page_id === null || page.data.length === 0) return all;
    page = await messages.before(threadId, page.meta.next_page_id);
  }
}

function transcriptLine({ created_at, owner, body, system_message }: MessageJson): string {
  const lead = `${created_at.slice(0, 19).replace('T', ' ')}  ${owner.name}${system_message ? ' ' : ': '}`;
  return `${escapeControls(lead)}${indented(escapeControls(body), 2)}\n`;
}

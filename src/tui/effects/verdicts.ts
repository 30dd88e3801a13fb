import type { Desk } from '../desk.ts';
import { selectedMessage } from '../state/conversation.ts';

/** How often it is looked again while the bots may still be at it, in milliseconds. */
const lookEvery = 700;

/** A message is left alone by then, in milliseconds. */
const answeredWithin = 5_000;

/** Reads how the message that is looked at was answered; again for as long as an answer may come. */
export async function refreshVerdicts(desk: Desk): Promise<void> {
  const message = selectedMessage(desk.state.conversation);
  if (message === undefined) return;
  const verdicts = await desk.client.messages.verdicts(message.thread_id, message.id);
  if (desk.state.conversation.selected !== message.id) return;
  desk.store.set({ verdicts });
  const isYoung = Date.now() - Date.parse(message.created_at) < answeredWithin;
  if (isYoung || verdicts.runs.some(({ status }) => status === 'running')) {
    desk.later(lookEvery, () => void desk.attempt(() => lookAgain(desk, message.id)));
  }
}

async function lookAgain(desk: Desk, messageId: string): Promise<void> {
  if (desk.state.conversation.selected === messageId) await refreshVerdicts(desk);
}

import type { Controller } from '../controller.ts';
import { selectedMessage } from '../state/conversation.ts';

/** How often it is looked again while the bots may still be at it, in milliseconds. */
const lookEvery = 700;

/** A message is left alone by then, in milliseconds. */
const answeredWithin = 5_000;

/** Reads how the message that is looked at was answered; again for as long as an answer may come. */
export async function refreshVerdicts(controller: Controller): Promise<void> {
  const message = selectedMessage(controller.state.conversation);
  if (message === undefined) return;
  const verdicts = await controller.client.messages.verdicts(message.thread_id, message.id);
  if (controller.state.conversation.selected !== message.id) return;
  controller.store.set({ verdicts });
  const isYoung = Date.now() - Date.parse(message.created_at) < answeredWithin;
  if (isYoung || verdicts.runs.some(({ status }) => status === 'running')) {
    controller.later(lookEvery, () => void controller.attempt(() => lookAgain(controller, message.id)));
  }
}

async function lookAgain(controller: Controller, messageId: string): Promise<void> {
  if (controller.state.conversation.selected === messageId) await refreshVerdicts(controller);
}

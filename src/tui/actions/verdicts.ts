import type { Controller } from '../controller.ts';
import { productTime } from '../state/clock.ts';
import { selectedMessage } from '../state/conversation.ts';

/** Milliseconds between reloads while bots may still be answering. */
const pollInterval = 700;

/** Milliseconds after which no more answers to a message are expected. */
const pollPeriod = 5_000;

/** Loads how the selected message was answered, repeatedly while answers may follow. */
export async function refreshVerdicts(controller: Controller): Promise<void> {
  const message = selectedMessage(controller.state.conversation);
  if (message === undefined) return;
  const verdicts = await controller.client.messages.verdicts(message.thread_id, message.id);
  if (controller.state.conversation.selected !== message.id) return;
  controller.store.set({ verdicts });
  const isYoung = productTime(controller.state) - Date.parse(message.created_at) < pollPeriod;
  if (isYoung || verdicts.runs.some(({ status }) => status === 'running')) {
    controller.later(pollInterval, () => void controller.attempt(() => pollVerdicts(controller, message.id)));
  }
}

async function pollVerdicts(controller: Controller, messageId: string): Promise<void> {
  if (controller.state.conversation.selected === messageId) await refreshVerdicts(controller);
}

import { verdictJson } from '../../domain/verdict-json.ts';
import type { Answer } from './question.ts';

/** The keys of the HTTP API, and what was asked about. */
export const answerJson = ({ message, body, sender, thread, ignored, actions, notes }: Answer) => ({
  message_id: message?.id ?? null,
  thread,
  sender,
  body,
  created_at: message?.createdAt ?? null,
  ignored,
  actions: actions.map(verdictJson),
  notes,
});

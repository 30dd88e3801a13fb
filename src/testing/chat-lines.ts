import { escapeControls, indented } from '../base/terminal-text.ts';
import { messageTypes } from '../domain/message.ts';
import type { Outcome } from './chat.ts';

/** What happened as people read it in a chat, with the verdict of each action below. */
export function chatLines(outcome: Outcome): string {
  const { said, messages, reactions, knocks } = outcome;
  const lines = [
    ...(said ? [`${said.owner.name}: ${said.body}`] : []),
    ...messages.map(({ owner, type, body }) => `${owner.name}: ${shownBody(type, body)}`),
    ...reactions.map(({ owner, emoji }) => `${owner.name} reacts ${emoji}`),
    ...knocks.map(({ name }) => `${name} knocks`),
  ];
  const verdicts = verdictLines(outcome);
  const parts = [lines.length > 0 ? lines : ['(nothing was written)'], verdicts].filter(
    (part) => part.length > 0,
  );
  const shown = parts.map((part) => part.map((line) => `  ${indented(line, 4)}`).join('\n')).join('\n\n');
  return escapeControls(shown);
}

const shownBody = (type: number, body: string): string =>
  type === messageTypes.MESSAGE ? body : `(file) ${body}`;

const verdictLines = ({ verdicts }: Outcome): string[] =>
  verdicts.flatMap(({ action, bot, sentence, error }) => [
    `${action.handler} (${bot.name}): ${sentence}`,
    ...(error ? [`  ${error.message}${error.at === null ? '' : ` (${error.at})`}`] : []),
  ]);

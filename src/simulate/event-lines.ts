import type { ErrorJson } from '../base/error-json.ts';
import { createError } from '../base/errors.ts';
import { fieldLines } from '../base/field-errors.ts';
import { escapeControls, indented, truncate } from '../base/terminal-text.ts';
import { emojiOf } from '../domain/emoji.ts';
import type { Events, NamedEvent } from '../domain/event.ts';
import { kindOfMessage } from '../domain/file-kind.ts';
import { isSystemMessage } from '../domain/message.ts';
import type { Provider } from '../domain/provider.ts';
import { stopReasonTexts } from '../domain/run.ts';

/** One event, as `simulate --json` prints it: one line of JSON each. */
export interface EventLine {
  event:
    | 'message'
    | 'reaction'
    | 'knock'
    | 'typing'
    | 'stop_typing'
    | 'read'
    | 'failed'
    | 'stopped'
    | 'warned'
    | 'notice'
    | 'error';
  from: { name: string; bot: boolean };
  /** The text, the emoji, or the message; empty if there is none. */
  body: string;
  /** For the events `error` and `failed`. */
  error?: ErrorJson;
  [more: string]: unknown;
}

const author = (from: Provider) => ({ name: from.name, bot: from.type === 'bot' });
const messenger = { name: 'messenger', bot: false };

/** A message of the simulator itself. `facts` are added for scripts. */
export const notice = (body: string, facts: Record<string, unknown> = {}): EventLine => ({
  event: 'notice',
  from: messenger,
  body,
  ...facts,
});

/** An error. */
export const problem = (error: ErrorJson): EventLine => ({
  event: 'error',
  from: messenger,
  body: error.message,
  error,
});

/** The events that are shown, and how. */
const lines: { [Name in keyof Events]?: (event: Events[Name]) => EventLine } = {
  NewMessage: ({ thread, message }) => ({
    event: 'message',
    from: author(message.owner),
    body: message.body,
    id: message.id,
    thread: thread.subject,
    type: message.type,
    ...(message.replyToId && { reply_to_id: message.replyToId }),
    ...(message.extra && { extra: message.extra }),
    created_at: message.createdAt,
  }),
  ReactionAdded: ({ message, reaction }) => ({
    event: 'reaction',
    from: author(reaction.owner),
    body: emojiOf(reaction.reaction) ?? reaction.reaction,
    reaction: reaction.reaction,
    message_id: message.id,
    message_body: message.body,
  }),
  Knock: ({ from }) => ({ event: 'knock', from: author(from), body: '' }),
  Typing: ({ from }) => ({ event: 'typing', from: author(from), body: '' }),
  StoppedTyping: ({ from }) => ({ event: 'stop_typing', from: author(from), body: '' }),
  Read: ({ from, messageId }) => ({ event: 'read', from: author(from), body: '', message_id: messageId }),
  BotActionFailed: ({ bot, action, error }) => ({
    event: 'failed',
    from: { name: bot.name, bot: true },
    body: error.message,
    handler: action.handler,
    code: error.code,
    stack: error.stack,
    error: { code: error.code, message: error.message },
  }),
  BotActionStopped: ({ bot, action, reason }) => ({
    event: 'stopped',
    from: { name: bot.name, bot: true },
    body: createError('RUN_STOPPED', action.handler, stopReasonTexts[reason]).message,
    handler: action.handler,
    reason,
  }),
  BotActionWarned: ({ bot, action, warning }) => ({
    event: 'warned',
    from: { name: bot.name, bot: true },
    body: warning.message,
    handler: action.handler,
    code: warning.code,
    stack: warning.stack,
  }),
};

/** An event as it is shown; undefined if it is not. */
export const lineOf = ({ name, event }: NamedEvent): EventLine | undefined =>
  (lines[name] as ((event: unknown) => EventLine) | undefined)?.(event);

/** Formats a line for people. */
export function formatLine({ event, from, body, error, ...more }: EventLine): string {
  const name = escapeControls(from.name);
  const text = escapeControls(body);
  const texts: Record<EventLine['event'], () => string> = {
    message: () => formatMessage(name, text, Number(more.type)),
    reaction: () => `${name} reacted ${text} to "${escapeControls(truncate(String(more.message_body), 40))}"`,
    knock: () => `${name} knocks`,
    typing: () => `${name} is typing …`,
    stop_typing: () => `${name} stopped typing`,
    read: () => `${name} has read it`,
    failed: () => `✗ ${formatRun(text, more)}`,
    warned: () => `! ${formatRun(text, more)}`,
    stopped: () => `· ${indented(text, 2)}`,
    notice: () => `· ${indented(text, 2)}`,
    error: () =>
      `! ${indented(text, 2)}${fieldLines(error?.errors ?? {})
        .map((line) => `\n  ${escapeControls(line)}`)
        .join('')}`,
  };
  return texts[event]();
}

/** The text for a run: its handler, the message and the author's stack frames. */
const formatRun = (text: string, { handler, stack }: Record<string, unknown>): string =>
  `${escapeControls(String(handler))}: ${indented(text, 2)}${stack ? `\n    ${indented(escapeControls(String(stack)), 4)}` : ''}`;

/** A message. Files and system messages are formatted differently. */
function formatMessage(name: string, text: string, type: number): string {
  if (isSystemMessage(type)) return `· ${name} ${text}`;
  const kind = kindOfMessage(type);
  return kind ? `${name} sent the ${kind} ${text}` : `${name}: ${indented(text, name.length + 2)}`;
}

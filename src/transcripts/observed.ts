import { emojiOf } from '../domain/emoji.ts';
import type { Events, NamedEvent } from '../domain/event.ts';
import { kindOfMessage } from '../domain/file-kind.ts';
import { givenFileName } from '../domain/given-file-name.ts';
import { messageTypes } from '../domain/message.ts';
import { stopReasonTexts } from '../domain/run.ts';
import type { Verb } from './transcript.ts';

/** Something that a bot did. */
export interface Observed {
  bot: string;
  verb: Verb;
  text: string;
  /** The text of the message to which it replied or reacted. */
  to: string | undefined;
  /** Where the author's code threw. */
  stack?: string | null;
}

/** The events that show what a bot did, and how each reads. */
const observers: { [Name in keyof Events]?: (event: Events[Name]) => Observed | undefined } = {
  NewMessage: ({ message: { owner, type, body }, replyTo }) => {
    const verb = kindOfMessage(type) ? 'sends' : 'says';
    const isShown = owner.type === 'bot' && (verb === 'sends' || type === messageTypes.MESSAGE);
    return isShown
      ? { bot: owner.name, verb, text: verb === 'sends' ? givenFileName(body) : body, to: replyTo?.body }
      : undefined;
  },
  ReactionAdded: ({ message, reaction: { owner, reaction } }) =>
    owner.type === 'bot'
      ? { bot: owner.name, verb: 'reacts', text: emojiOf(reaction) ?? reaction, to: message.body }
      : undefined,
  Knock: ({ from }) => (from.type === 'bot' ? without(from.name, 'knocks') : undefined),
  Typing: ({ from }) => (from.type === 'bot' ? without(from.name, 'types') : undefined),
  BotActionFailed: ({ bot, error }) => ({
    bot: bot.name,
    verb: 'fails',
    text: error.message,
    to: undefined,
    stack: error.stack,
  }),
  BotActionStopped: ({ bot, reason }) => ({
    bot: bot.name,
    verb: 'stops',
    text: stopReasonTexts[reason],
    to: undefined,
  }),
  BotActionWarned: ({ bot, warning }) => ({
    bot: bot.name,
    verb: 'warns',
    text: warning.message,
    to: undefined,
    stack: warning.stack,
  }),
};

const without = (bot: string, verb: Verb): Observed => ({ bot, verb, text: '', to: undefined });

/** What a bot did, by an event; undefined for events of other kinds. */
export const observe = ({ name, event }: NamedEvent): Observed | undefined =>
  (observers[name] as ((event: unknown) => Observed | undefined) | undefined)?.(event);

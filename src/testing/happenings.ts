import { emojiOf } from '../domain/emoji.ts';
import type { EventBus } from '../domain/event.ts';
import type { Message } from '../domain/message.ts';
import type { Provider } from '../domain/provider.ts';
import type { ChatReaction, Outcome } from './chat.ts';

/** What bots did in a chat, in their order. */
export type Happened = Pick<Outcome, 'messages' | 'reactions' | 'typing' | 'knocks'>;

const nothing = (): Happened => ({ messages: [], reactions: [], typing: [], knocks: [] });

/** Records what bots do in a chat. */
export class Happenings {
  #current = nothing();

  constructor(events: EventBus) {
    events.on('NewMessage', ({ message }) => this.#addMessage(message));
    events.on('ReactionAdded', ({ reaction }) => {
      if (isBot(reaction.owner)) this.#current.reactions.push({ ...reaction, emoji: emojiFor(reaction) });
    });
    events.on('Typing', ({ from }) => isBot(from) && this.#current.typing.push(from));
    events.on('Knock', ({ from }) => isBot(from) && this.#current.knocks.push(from));
  }

  /** What has happened since the last call. */
  take(): Happened {
    const taken = this.#current;
    this.#current = nothing();
    return taken;
  }

  #addMessage(message: Message): void {
    if (isBot(message.owner)) this.#current.messages.push(message);
  }
}

const isBot = ({ type }: Provider): boolean => type === 'bot';

const emojiFor = ({ reaction }: Pick<ChatReaction, 'reaction'>): string => emojiOf(reaction) ?? reaction;

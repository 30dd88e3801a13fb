import type { MessageExtra } from '../domain/message.ts';
import type { MessageData, ReactionData, RequestPort } from './requests.ts';

/** A message by itself or by its id. */
export type MessageReference = { id: string } | string;

const idOf = (message: MessageReference): string => (typeof message === 'string' ? message : message.id);

/**
 * Does things in the thread of the message, as the bot whose handler runs. Every `composer()` call of a handler
 * gives a new one.
 *
 * What a composer has done is stored at once and is never done twice: a handler that starts again after a crash
 * passes over what it did before. A call that is not awaited is done all the same, before the run ends.
 *
 * @example await this.composer().emitTyping().message('Hello!');
 */
export class MessengerComposer {
  readonly #port: RequestPort;
  readonly #message: MessageData;
  #silent = false;

  constructor(port: RequestPort, message: MessageData) {
    this.#port = port;
    this.#message = message;
  }

  /** What this composer does from here on is stored, and told to nobody. */
  silent(): this {
    this.#silent = true;
    return this;
  }

  /**
   * Sends a message.
   *
   * @param body 1 to 5000 characters
   * @param replyTo the message this one answers
   * @param extra any JSON object or list that travels with the message
   * @throws EFFECT_REFUSED for an empty or too long text
   */
  message(
    body: string,
    replyTo: MessageReference | null = null,
    extra: MessageExtra | null = null,
  ): Promise<MessageData> {
    const replyToId = replyTo === null ? null : idOf(replyTo);
    return this.#port.request('message', { body, replyToId, extra, silent: this.#silent });
  }

  /**
   * Adds a reaction to a message.
   *
   * @param emoji an emoji (`👋`) or its short code (`:wave:`); of several the first counts
   * @throws EFFECT_REFUSED when there is no emoji in it, the bot has used it already, or the message has too many
   */
  reaction(message: MessageReference, emoji: string): Promise<ReactionData> {
    return this.#port.request('reaction', {
      messageId: idOf(message),
      reaction: emoji,
      silent: this.#silent,
    });
  }

  /** Shows that the bot types. May be awaited, or go on: `emitTyping().message('…')`. */
  emitTyping(): ComposerStep {
    return this.#step(this.#port.request('typing', { silent: this.#silent }));
  }

  /** Shows that the bot stopped typing. */
  emitStopTyping(): ComposerStep {
    return this.#step(this.#port.request('stopTyping', { silent: this.#silent }));
  }

  /** Shows that the bot has read up to a message, by default the one that triggered it. */
  emitRead(message: MessageReference = this.#message): ComposerStep {
    return this.#step(this.#port.request('read', { messageId: idOf(message), silent: this.#silent }));
  }

  #step(done: Promise<null>): ComposerStep {
    const step = new ComposerStep(this.#port, this.#message, done);
    return this.#silent ? step.silent() : step;
  }
}

/** A composer in the middle of a chain: it can be awaited, and it can go on. */
export class ComposerStep extends MessengerComposer implements PromiseLike<void> {
  readonly #done: Promise<null>;

  constructor(port: RequestPort, message: MessageData, done: Promise<null>) {
    super(port, message);
    this.#done = done;
  }

  // biome-ignore lint/suspicious/noThenProperty: being awaitable is what this class is for
  then<Fulfilled = void, Rejected = never>(
    onFulfilled?: ((value: undefined) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.#done.then(() => undefined).then(onFulfilled, onRejected);
  }
}

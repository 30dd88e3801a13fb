import type { MessageExtra } from '../domain/message.ts';
import { type FileSource, loadFile } from './file-source.ts';
import { maxArchived, type UploadKind } from './request-arguments.ts';
import type { MessageData, ReactionData, RequestPort } from './requests.ts';

/** A message, or something else with an id, as an object or as its id. */
export type Reference = { id: string } | string;

/** An invalid reference or id is reported when the arguments are checked. */
const idOf = (reference: Reference | null | undefined): string =>
  (typeof reference === 'object' ? reference?.id : reference) as string;

/** The state of a composer: its connection to the product, the message it answers, and its options. */
export interface ComposerState {
  port: RequestPort;
  message: MessageData;
  botId: string | null;
  silent: boolean;
  /** The workspace's folder. */
  folder: string;
  /** Kilobytes. */
  limits: Readonly<Record<UploadKind, number>>;
}

/**
 * Acts in the thread of the message, as the bot whose handler is running. Every `composer()` call in a
 * handler creates a new one.
 *
 * Effects are stored at once and never repeated: a handler that starts again after a crash skips what it did
 * before. Calls that are not awaited are still completed before the run ends.
 *
 * @example await this.composer().emitTyping().message('Hello!');
 */
export class MessengerComposer {
  readonly #state: ComposerState;

  constructor(state: ComposerState) {
    this.#state = { ...state };
  }

  /** Makes the following calls silent: their effects are stored, but clients are not notified. */
  silent(): this {
    this.#state.silent = true;
    return this;
  }

  /**
   * Makes the following calls act as another bot of the thread.
   *
   * @example for (const bot of await this.thread.bots()) await this.composer().from(bot).reaction(this.message, '💣');
   */
  from(bot: Reference): this {
    this.#state.botId = idOf(bot);
    return this;
  }

  /**
   * Sends a message.
   *
   * @param body not blank, and at most `messages.sizeLimit` of the configuration long
   * @param replyTo the message this one answers
   * @param extra any JSON object or list to store with the message
   * @throws EFFECT_REFUSED for an empty or too long text
   */
  message(
    body: string,
    replyTo: Reference | null = null,
    extra: MessageExtra | null = null,
  ): Promise<MessageData> {
    const replyToId = replyTo === null ? null : idOf(replyTo);
    return this.#state.port.request('message', { ...this.#effectOptions, body, replyToId, extra });
  }

  /**
   * Sends an image: jpg, png, bmp, gif or webp, detected from its content.
   *
   * @param source a path, an `http(s)` URL, or the content; at most 5120 KB unless configured otherwise
   * @throws FILE_UNREADABLE, FILE_TOO_LARGE, EFFECT_REFUSED when it is not an image
   * @example await this.composer().image('images/cat.png', this.message);
   */
  image(source: FileSource, replyTo?: Reference | null, extra?: MessageExtra | null): Promise<MessageData> {
    return this.#upload('image', source, replyTo, extra);
  }

  /** Sends a document, like {@link image}, of at most 10240 KB. */
  document(
    source: FileSource,
    replyTo?: Reference | null,
    extra?: MessageExtra | null,
  ): Promise<MessageData> {
    return this.#upload('document', source, replyTo, extra);
  }

  /** Sends an audio file without converting it, like {@link image}, of at most 10240 KB. */
  audio(source: FileSource, replyTo?: Reference | null, extra?: MessageExtra | null): Promise<MessageData> {
    return this.#upload('audio', source, replyTo, extra);
  }

  /** Sends a video without converting it, like {@link image}, of at most 15360 KB. */
  video(source: FileSource, replyTo?: Reference | null, extra?: MessageExtra | null): Promise<MessageData> {
    return this.#upload('video', source, replyTo, extra);
  }

  /**
   * Adds a reaction to a message.
   *
   * @param emoji an emoji (`👋`) or its short code (`:wave:`); only the first one is used
   * @throws EFFECT_REFUSED when it has no emoji, the bot has used it already, or the message has too many
   */
  reaction(message: Reference, emoji: string): Promise<ReactionData> {
    const args = { ...this.#effectOptions, messageId: idOf(message), reaction: emoji };
    return this.#state.port.request('reaction', args);
  }

  /**
   * Sends a knock to everyone in the thread.
   *
   * @param options `ignoreTimeout`: even while the thread is in cooldown from the last knock
   * @throws EFFECT_REFUSED when the thread's knocks are off, or while it is in cooldown
   */
  async knock(options: { ignoreTimeout?: boolean } = {}): Promise<void> {
    const args = { ...this.#effectOptions, ignoreTimeout: options?.ignoreTimeout ?? false };
    await this.#state.port.request('knock', args);
  }

  /**
   * Marks the thread as read for a person in it. Without one, shows that the bot has read everything.
   *
   * @throws EFFECT_REFUSED when the person is not in the thread
   */
  async read(person: Reference | null = null): Promise<void> {
    const args = { ...this.#effectOptions, userId: person === null ? null : idOf(person) };
    await this.#state.port.request('markRead', args);
  }

  /**
   * Archives messages of the thread, all at once. Messages of other threads and system messages are skipped.
   *
   * @returns how many were archived
   */
  async archive(messages: readonly Reference[]): Promise<number> {
    // A list that is invalid or too long is rejected when the arguments are checked.
    const isShort = Array.isArray(messages) && messages.length <= maxArchived;
    const messageIds = isShort ? messages.map(idOf) : (messages as never);
    const args = { ...this.#effectOptions, messageIds };
    return (await this.#state.port.request('archive', args)).archived;
  }

  /** Shows that the bot is typing. Can be awaited or chained: `emitTyping().message('…')`. */
  emitTyping(): ComposerStep {
    return this.#step(this.#state.port.request('typing', this.#effectOptions));
  }

  /** Shows that the bot stopped typing. */
  emitStopTyping(): ComposerStep {
    return this.#step(this.#state.port.request('stopTyping', this.#effectOptions));
  }

  /** Shows that the bot has read up to a message, by default the one that triggered it. */
  emitRead(message: Reference = this.#state.message): ComposerStep {
    return this.#step(this.#state.port.request('read', { ...this.#effectOptions, messageId: idOf(message) }));
  }

  get #effectOptions(): { botId: string | null; silent: boolean } {
    return { botId: this.#state.botId, silent: this.#state.silent };
  }

  #upload(
    kind: UploadKind,
    source: FileSource,
    replyTo: Reference | null = null,
    extra: MessageExtra | null = null,
  ): Promise<MessageData> {
    const { folder, limits, port } = this.#state;
    const replyToId = replyTo === null ? null : idOf(replyTo);
    const effectOptions = this.#effectOptions;
    const load = async () => {
      const file = await loadFile(source, { folder, kind, limit: limits[kind] });
      return { ...effectOptions, ...file, kind, replyToId, extra };
    };
    return port.request('upload', load());
  }

  #step(done: Promise<null>): ComposerStep {
    return new ComposerStep(this.#state, done);
  }
}

/** A composer in the middle of a chain: it can be awaited or chained further. */
export class ComposerStep extends MessengerComposer implements PromiseLike<void> {
  readonly #done: Promise<null>;

  constructor(state: ComposerState, done: Promise<null>) {
    super(state);
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

import type { MessageExtra } from '../domain/message.ts';
import { type FileSource, loadFile } from './file-source.ts';
import { mostArchived, type UploadKind } from './request-arguments.ts';
import type { MessageData, ReactionData, RequestPort } from './requests.ts';

/** A message, or something else with an id, by itself or by its id. */
export type Reference = { id: string } | string;

/** What is no reference is refused with a sentence where the arguments are checked, as is an id of the wrong type. */
const idOf = (reference: Reference | null | undefined): string =>
  (typeof reference === 'object' ? reference?.id : reference) as string;

/** What a composer works with: the way to the product, the message it answers, and how it acts. */
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
 * Does things in the thread of the message, as the bot whose handler runs. Every `composer()` call of a handler
 * gives a new one.
 *
 * What a composer has done is stored at once and is never done twice: a handler that starts again after a crash
 * passes over what it did before. A call that is not awaited is done all the same, before the run ends.
 *
 * @example await this.composer().emitTyping().message('Hello!');
 */
export class MessengerComposer {
  readonly #state: ComposerState;

  constructor(state: ComposerState) {
    this.#state = { ...state };
  }

  /** What this composer does from here on is stored, and told to nobody. */
  silent(): this {
    this.#state.silent = true;
    return this;
  }

  /**
   * What this composer does from here on is done by another bot of the thread.
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
   * @param body not blank, and no longer than `messages.sizeLimit` of the configuration
   * @param replyTo the message this one answers
   * @param extra any JSON object or list that travels with the message
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
   * Sends an image: jpg, png, bmp, gif or webp, judged by its content.
   *
   * @param source a path, an `http(s)` address, or the content; at most 5120 KB unless configured otherwise
   * @throws FILE_UNREADABLE, FILE_TOO_LARGE, EFFECT_REFUSED when it is no image
   * @example await this.composer().image('images/cat.png', this.message);
   */
  image(source: FileSource, replyTo?: Reference | null, extra?: MessageExtra | null): Promise<MessageData> {
    return this.#upload('image', source, replyTo, extra);
  }

  /** Sends a document: as {@link image}, at most 10240 KB. */
  document(
    source: FileSource,
    replyTo?: Reference | null,
    extra?: MessageExtra | null,
  ): Promise<MessageData> {
    return this.#upload('document', source, replyTo, extra);
  }

  /** Sends a sound, stored as it is: as {@link image}, at most 10240 KB. */
  audio(source: FileSource, replyTo?: Reference | null, extra?: MessageExtra | null): Promise<MessageData> {
    return this.#upload('audio', source, replyTo, extra);
  }

  /** Sends a film, stored as it is: as {@link image}, at most 15360 KB. */
  video(source: FileSource, replyTo?: Reference | null, extra?: MessageExtra | null): Promise<MessageData> {
    return this.#upload('video', source, replyTo, extra);
  }

  /**
   * Adds a reaction to a message.
   *
   * @param emoji an emoji (`👋`) or its short code (`:wave:`); of several the first counts
   * @throws EFFECT_REFUSED when there is no emoji in it, the bot has used it already, or the message has too many
   */
  reaction(message: Reference, emoji: string): Promise<ReactionData> {
    const args = { ...this.#effectOptions, messageId: idOf(message), reaction: emoji };
    return this.#state.port.request('reaction', args);
  }

  /**
   * Knocks at everybody in the thread.
   *
   * @param options `ignoreTimeout`: also while the thread rests from the last knock
   * @throws EFFECT_REFUSED when the thread's knocks are off, or while it rests
   */
  async knock(options: { ignoreTimeout?: boolean } = {}): Promise<void> {
    const args = { ...this.#effectOptions, ignoreTimeout: options?.ignoreTimeout ?? false };
    await this.#state.port.request('knock', args);
  }

  /**
   * Marks the thread read for a person of it. Without one, the bot shows that it has read everything.
   *
   * @throws EFFECT_REFUSED when the person is not in the thread
   */
  async read(person: Reference | null = null): Promise<void> {
    const args = { ...this.#effectOptions, userId: person === null ? null : idOf(person) };
    await this.#state.port.request('markRead', args);
  }

  /**
   * Moves messages of the thread into the archive, all at once. Others than the thread's, and those the system
   * wrote, are left alone.
   *
   * @returns how many were archived
   */
  async archive(messages: readonly Reference[]): Promise<number> {
    // No list, or one that is too long, is refused where the arguments are checked.
    const isShort = Array.isArray(messages) && messages.length <= mostArchived;
    const messageIds = isShort ? messages.map(idOf) : (messages as never);
    const args = { ...this.#effectOptions, messageIds };
    return (await this.#state.port.request('archive', args)).archived;
  }

  /** Shows that the bot types. May be awaited, or go on: `emitTyping().message('…')`. */
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

/** A composer in the middle of a chain: it can be awaited, and it can go on. */
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

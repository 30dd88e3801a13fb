import { timestamp } from '../base/clock.ts';
import { createError } from '../base/errors.ts';
import type { ChatAction } from './chat.ts';
import type { EngineChat } from './engine.ts';

/** The actions of a chat, so that they can be asked without waiting. Everything that a test does brings them up to date. */
export class ChatActions {
  readonly #chat: EngineChat;
  #all: ChatAction[] = [];
  /** When cooldowns end, in milliseconds since 1970, by the id of their action or bot. */
  #cooldowns: ReadonlyMap<string, number> = new Map();

  constructor(chat: EngineChat) {
    this.#chat = chat;
  }

  /** In the order in which they were attached. */
  get all(): readonly ChatAction[] {
    return this.#all;
  }

  /**
   * The first action of a handler.
   *
   * @param alias of the handler
   * @throws ACTION_NOT_ATTACHED
   */
  find(alias: string): ChatAction {
    const found = this.#all.find(({ handler }) => handler === alias);
    if (found) return found;
    throw createError('ACTION_NOT_ATTACHED', alias, [...new Set(this.#all.map(({ handler }) => handler))]);
  }

  /** Reads everything again. */
  async update(): Promise<void> {
    const { store, clock, thread } = this.#chat;
    const bots = await store.bots.inThread(thread.id);
    this.#all = bots.flatMap(({ bot, actions }) =>
      actions.map(({ id, handler }) => this.#action({ id, handler, bot: bot.name, botId: bot.id })),
    );
    const ids = bots.flatMap(({ bot, actions }) => [bot.id, ...actions.map(({ id }) => id)]);
    const endings = await store.cooldowns.endings(ids, timestamp(clock.milliseconds()));
    this.#cooldowns = new Map([...endings].map(([id, until]) => [id, Date.parse(until)]));
  }

  #action({ botId, ...fields }: Omit<ChatAction, 'cooldownLeft'> & { botId: string }): ChatAction {
    const secondsLeft = () => this.#secondsLeft([fields.id, botId]);
    return Object.defineProperty({ ...fields, cooldownLeft: 0 }, 'cooldownLeft', {
      get: secondsLeft,
      enumerable: true,
    });
  }

  #secondsLeft(ids: readonly string[]): number {
    const now = this.#chat.clock.milliseconds();
    return Math.max(0, ...ids.map((id) => Math.ceil(((this.#cooldowns.get(id) ?? now) - now) / 1000)));
  }
}

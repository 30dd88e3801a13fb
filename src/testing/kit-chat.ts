import type { BotActionHandlerClass } from '../authoring/bot-action-handler.ts';
import { createError, MessengerError } from '../base/errors.ts';
import { parseSpan, spanExamples } from '../base/span.ts';
import { type Message, messageTypes } from '../domain/message.ts';
import { newParticipantPermissions } from '../domain/participant.ts';
import type { User } from '../domain/user.ts';
import { verdictSentence } from '../domain/verdict-sentence.ts';
import { attachHandler } from '../services/bots/playground.ts';
import { advance, advanceUntilIdle } from '../services/clock/advance.ts';
import { explainMessage } from '../services/explaining/explain-message.ts';
import { sendMessage } from '../services/messages/send-message.ts';
import { installPackage } from '../services/packages/install-package.ts';
import { addReaction } from '../services/reactions/add-reaction.ts';
import { sendKnock } from '../services/threads/send-knock.ts';
import { ensureParticipant, ensureUser } from '../services/users/people.ts';
import { type BotClasses, requireBotClass } from './bot-classes.ts';
import type {
  BotClass,
  Chat,
  ChatAction,
  ChatClock,
  ChatInstallation,
  Outcome,
  Person,
  PersonRights,
} from './chat.ts';
import { ChatActions } from './chat-actions.ts';
import type { EngineChat } from './engine.ts';
import { Happenings } from './happenings.ts';
import type { Turns } from './turns.ts';

/** What a chat of a test is made of. */
interface KitParts {
  chat: EngineChat;
  classes: BotClasses;
  turns: Turns;
  /** Closes everything that was opened for it. */
  close: () => Promise<void>;
}

/** A chat of a test. */
export class KitChat implements Chat {
  readonly clock: ChatClock;
  readonly #parts: KitParts;
  readonly #actions: ChatActions;
  readonly #happenings: Happenings;
  /** Messages whose answers are not complete: a handler sleeps, or is tried again. */
  readonly #open = new Map<string, Message>();
  #closing: Promise<void> | undefined;

  constructor(parts: KitParts) {
    this.#parts = parts;
    this.#actions = new ChatActions(parts.chat);
    this.#happenings = new Happenings(parts.chat.events);
    this.clock = this.#clock();
  }

  get actions(): readonly ChatAction[] {
    return this.#actions.all;
  }

  /** @throws PERSON_RIGHT_UNKNOWN, CHAT_CLOSED */
  as(name: string, rights: PersonRights = {}): Person {
    this.#parts.turns.assertOpen(`chat.as('${name}')`);
    assertRights(name, rights);
    const joined = () => this.#join(name, rights);
    const { chat } = this.#parts;
    const { thread } = chat;
    return {
      name,
      say: (text, { replyTo, extra } = {}) =>
        this.#observe(`chat.as('${name}').say()`, async () => {
          const outgoing = { body: text, replyToId: replyTo?.id ?? null, extra: extra ?? null };
          const { message } = await sendMessage(chat, {
            threadId: thread.id,
            sender: await joined(),
            outgoing,
          });
          return message;
        }),
      react: (message, emoji) =>
        this.#observe(`chat.as('${name}').react()`, async () => {
          await addReaction(chat, { thread, user: await joined(), message, text: emoji });
          return null;
        }),
      knock: () =>
        this.#observe(`chat.as('${name}').knock()`, async () => {
          await sendKnock(chat, thread, await joined());
          return null;
        }),
    };
  }

  attach(handler: BotActionHandlerClass | string, parameters: object = {}): Promise<ChatAction> {
    return this.#parts.turns.take('chat.attach()', () => this.attachNow(handler, parameters));
  }

  /** Attaches a handler in the current turn. */
  async attachNow(handler: BotActionHandlerClass | string, parameters: object = {}): Promise<ChatAction> {
    const { chat } = this.#parts;
    const { thread, owner } = chat;
    const alias = await this.#aliasOf(handler, 'chat.attach()');
    const params = { ...parameters };
    const { id } = await attachHandler(chat, { thread, user: owner, handler: alias, params });
    await this.#actions.update();
    return this.#actions.all.find((action) => action.id === id) ?? this.#actions.find(alias);
  }

  install(packagedBot: BotClass | string): Promise<ChatInstallation> {
    return this.#parts.turns.take('chat.install()', async () => {
      const { chat } = this.#parts;
      const name = await this.#aliasOf(packagedBot, 'chat.install()');
      const { bot, leftOut } = await installPackage(chat, { thread: chat.thread, user: chat.owner, name });
      await this.#actions.update();
      return {
        bot: bot.name,
        actions: this.#actions.all.filter((action) => action.bot === bot.name),
        leftOut: leftOut.map(({ handler, reason, errors }) => ({ handler: handler.alias, reason, errors })),
      };
    });
  }

  action(handler: BotActionHandlerClass | string): ChatAction {
    this.#parts.turns.assertOpen('chat.action()');
    if (typeof handler === 'string') return this.#actions.find(handler);
    return this.#actions.find(requireBotClass(handler, 'chat.action()').getSettings().alias);
  }

  messages(): Promise<Message[]> {
    return this.#parts.turns.take('chat.messages()', async () => {
      const { store, thread } = this.#parts.chat;
      const all = await store.messages.newest(thread.id, Number.MAX_SAFE_INTEGER);
      return all.filter(({ type }) => type <= messageTypes.VIDEO_MESSAGE).reverse();
    });
  }

  close(): Promise<void> {
    this.#parts.turns.close();
    this.#closing ??= this.#parts.close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #clock(): ChatClock {
    const { chat, turns } = this.#parts;
    const { clock } = chat;
    return {
      get now() {
        return new Date(clock.milliseconds());
      },
      get isFrozen() {
        return clock.isFrozen;
      },
      advance: (span) =>
        this.#observe('chat.clock.advance()', async () => {
          await advance(chat, millisecondsOf(span));
          return null;
        }),
      untilIdle: () =>
        this.#observe('chat.clock.untilIdle()', async () => {
          await advanceUntilIdle(chat);
          return null;
        }),
      freeze: () => {
        turns.assertOpen('chat.clock.freeze()');
        clock.freeze();
      },
      resume: () => {
        turns.assertOpen('chat.clock.resume()');
        clock.resume();
      },
    };
  }

  async #aliasOf(handler: BotClass | string, where: string): Promise<string> {
    if (typeof handler === 'string') return handler;
    return (await this.#parts.classes.describe(requireBotClass(handler, where))).alias;
  }

  /** The person of a name, in the group, with these rights from now on. */
  async #join(name: string, rights: PersonRights): Promise<User> {
    const { chat } = this.#parts;
    const user = await ensureUser(chat, name);
    const participant = await ensureParticipant(chat, { thread: chat.thread, user, admin: false });
    const { admin = participant.admin, ...permissions } = rights;
    if (admin !== participant.admin) await chat.store.participants.setAdmin(participant.id, admin);
    if (Object.keys(permissions).length > 0) {
      const changed = { ...participant, permissions: { ...participant.permissions, ...permissions } };
      await chat.store.participants.setRights(changed);
    }
    return user;
  }

  /** Does something, waits until the bots are done, and returns what happened. */
  #observe(what: string, act: () => Promise<Message | null>): Promise<Outcome> {
    return this.#parts.turns.take(what, async () => {
      const said = await act();
      await this.#parts.chat.queue.idle();
      await this.#actions.update();
      return this.#outcome(said);
    });
  }

  async #outcome(said: Message | null): Promise<Outcome> {
    const { chat } = this.#parts;
    const about = said ? [said] : [...this.#open.values()];
    const outcome: Outcome = { said, ...this.#happenings.take(), runs: [], verdicts: [] };
    for (const message of about) {
      const { actions } = await explainMessage(chat, { thread: chat.thread, message });
      outcome.verdicts.push(...actions.map((row) => ({ ...row, sentence: verdictSentence(row) })));
      const runs = [...(await chat.store.runs.ofMessage(message.id)).values()];
      outcome.runs.push(...runs);
      const isOpen = actions.some(({ verdict }) => unfinished.has(verdict));
      if (isOpen) this.#open.set(message.id, message);
      else this.#open.delete(message.id);
    }
    return outcome;
  }
}

const unfinished: ReadonlySet<string> = new Set(['running', 'waiting_for_retry', 'queued']);

const rightNames = ['admin', ...Object.keys(newParticipantPermissions)];

/** @throws PERSON_RIGHT_UNKNOWN */
function assertRights(name: string, rights: PersonRights): void {
  const unknown = Object.keys(rights).find((right) => !rightNames.includes(right));
  if (unknown !== undefined) throw createError('PERSON_RIGHT_UNKNOWN', name, unknown, rightNames);
}

/** @throws WRONG_USE */
function millisecondsOf(span: string | number): number {
  const milliseconds = typeof span === 'string' ? parseSpan(span) : span;
  if (milliseconds !== undefined && milliseconds >= 0 && Number.isFinite(milliseconds)) return milliseconds;
  throw new MessengerError(
    'WRONG_USE',
    `chat.clock.advance() cannot use ${JSON.stringify(span)}: it takes a span of time ${spanExamples}, or milliseconds.`,
  );
}

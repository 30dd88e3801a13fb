import type { z } from 'zod';
import { createError, type FieldErrors } from '../base/errors.ts';
import type { MatchMethod } from '../domain/match.ts';
import { MessengerComposer } from './composer.ts';
import type { BotActionHandlerDTO, Payload, ResolvedBotHandlerDTO } from './descriptions.ts';
import { type HandlerMessage, type HandlerThread, parsedBy, running } from './handler-context.ts';
import { describeHandler } from './handler-settings.ts';
import { handlerRegistry } from './registry.ts';
import type { ActionData, BotData } from './requests.ts';
import { resolveParameters } from './resolver.ts';

/** What `getSettings()` of a handler returns. */
export interface BotActionHandlerSettings {
  /** Attaches and finds the handler. Unique in a workspace. */
  alias: string;
  /** What the handler does, for people. */
  description: string;
  /** How the handler is called. */
  name: string;
  /** At most one action of this handler in a thread, over all its bots. */
  unique?: boolean;
  /** Fixes the triggers; whoever attaches the handler is not asked for any. */
  triggers?: readonly string[];
  /** Fixes the match method; whoever attaches the handler is not asked for one. */
  match?: MatchMethod;
}

/** Who wants to attach a handler, and where. */
export interface AuthorizeContext {
  user: { id: string; name: string /** Admin of the group. */; admin: boolean };
  thread: { id: string; name: string | null };
}

/** The class of a handler. */
export type BotActionHandlerClass = (new () => BotActionHandler) & {
  getSettings(): BotActionHandlerSettings;
  readonly environment?: readonly string[];
  readonly retries?: number;
  readonly timeout?: number | null;
  readonly name: string;
};

/**
 * A bot handler: answers messages that match the triggers of an action it is attached to.
 * Extend it, define `static getSettings()` and `handle()`, and save the file below `bots/`.
 *
 * @example
 * export default class HelloBot extends BotActionHandler {
 *   static override getSettings() {
 *     return {
 *       alias: 'hello',
 *       description: 'Say hello when someone says hi!',
 *       name: 'Hello Response',
 *       triggers: ['hello', 'hi', 'hey'],
 *       match: MessengerBots.MATCH_CONTAINS_CASELESS,
 *     };
 *   }
 *
 *   async handle() {
 *     await this.composer().emitTyping().message(`Why hello there ${this.message.owner.name}!`);
 *     await this.composer().reaction(this.message, '👋');
 *   }
 * }
 */
export abstract class BotActionHandler {
  /**
   * The environment variables the handler cannot do without, such as the key of a service. Their values come from
   * the environment or, where it has none, from `keys` of `messenger.config.ts`; the handler reads them in
   * `process.env`. One that is missing is said when the handler is registered. The handler runs all the same, so it
   * should say in the chat that it is not configured, and release its cooldown. A name with `?` behind it is one the
   * handler reads as well and can do without. Handlers see no other variables, but for those that the configuration
   * lists in `bots.environment` and `keys`.
   *
   * @example static override readonly environment = ['BOT_WEATHER_API_KEY', 'BOT_WEATHER_UNITS?'];
   */
  static readonly environment: readonly string[] = [];

  /**
   * How often the answer to a message is tried again when `handle()` fails, 0 to 10 times: after 1, 2, 4 … seconds, at
   * most a minute. What an attempt has posted is not posted again by the next one. Later messages do not wait for it.
   *
   * @example static override readonly retries = 3;
   */
  static readonly retries: number = 0;

  /**
   * How long the handler may take, in milliseconds, a day at most; then it is stopped and fails. Null for what the
   * configuration says (`bots.timeout`). Loading its file and waiting for a thread do not count.
   *
   * @example static override readonly timeout = 120_000;
   */
  static readonly timeout: number | null = null;

  /**
   * The handler's alias, name and description, and what it fixes. Every handler defines its own.
   *
   * @throws HANDLER_SETTINGS_INVALID where it is not defined
   */
  static getSettings(): BotActionHandlerSettings {
    throw createError(
      'HANDLER_SETTINGS_INVALID',
      this.name,
      'alias',
      'the class does not define getSettings()',
    );
  }

  /** The handler's description; null before it is registered. */
  static getDto(): BotActionHandlerDTO | null {
    return handlerRegistry.findClass(this);
  }

  /**
   * Tries parameters as attaching the handler would.
   *
   * @param params what would be posted: `cooldown`, `admin_only`, `enabled`, the handler's own fields, and
   *   `match` and `triggers` unless the handler fixes them
   * @returns the resolved action, or the errors: `{ field: [sentence, …] }`
   * @throws HANDLER_SETTINGS_INVALID, HANDLER_RULES_RESERVED
   * @example HelloBot.testResolve({ cooldown: 0, admin_only: false, enabled: true })
   */
  static testResolve(
    this: BotActionHandlerClass,
    params: Record<string, unknown> = {},
  ): ResolvedBotHandlerDTO | FieldErrors {
    const result = resolveParameters(describeHandler(this), new this(), params);
    return 'resolved' in result ? result.resolved : result.errors;
  }

  /**
   * Answers the message. Runs in a thread of its own and is stopped at its deadline.
   * What it throws fails this action only; its cooldown is released.
   */
  abstract handle(): void | Promise<void>;

  /** Decides who may attach this handler. Not asked when a message triggers it. */
  authorize?(context: AuthorizeContext): boolean | Promise<boolean>;

  /**
   * The handler's own parameters, as a zod raw shape. What it lets through becomes the payload.
   *
   * @example rules() { return { replies: z.array(z.string()).min(1).max(5) }; }
   */
  rules(): z.ZodRawShape {
    return {};
  }

  /**
   * Sentences in place of the usual ones, by `field.rule`; `*` stands for a list position.
   *
   * @example errorMessages() { return { 'replies.*.required': 'Reply is required.' }; }
   */
  errorMessages(): Record<string, string> {
    return {};
  }

  /**
   * The payload as it is stored: plain data, or JSON text. Override it to change the payload first.
   *
   * @param payload the validated fields of `rules()`; null when there are none
   */
  serializePayload(payload: Payload | null): unknown {
    return payload;
  }

  /**
   * The payload of the action, or one field of it; typed by `rules()`.
   *
   * @throws HANDLER_OUTSIDE_RUN
   * @example for (const reply of this.getPayload('replies')) …
   */
  getPayload<Shape extends z.ZodRawShape>(this: { rules(): Shape }): z.infer<z.ZodObject<Shape>>;
  getPayload<Shape extends z.ZodRawShape, Key extends keyof z.infer<z.ZodObject<Shape>> & string>(
    this: { rules(): Shape },
    key: Key,
  ): z.infer<z.ZodObject<Shape>>[Key];
  getPayload(this: object, key?: string): unknown {
    const { payload } = running(this, 'getPayload()').data.action;
    return key === undefined ? payload : payload?.[key];
  }

  /**
   * The message without the trigger that matched, trimmed; null if nothing is left.
   *
   * @param toLower in lower case
   */
  getParsedMessage(toLower = false): string | null {
    return parsedBy(this, 'getParsedMessage()', toLower);
  }

  /**
   * The words of {@link getParsedMessage}; null if nothing is left.
   *
   * @param toLower in lower case
   */
  getParsedWords(toLower = false): string[] | null {
    const parsed = parsedBy(this, 'getParsedWords()', toLower);
    return parsed === null ? null : parsed.split(/\p{White_Space}+/u);
  }

  /** Removes the action's cooldown once the handler has returned: it did not do what it rests from. */
  releaseCooldown(): void {
    running(this, 'releaseCooldown()').cooldownReleased = true;
  }

  /** A new composer that acts in the thread of the message as this bot. */
  composer(): MessengerComposer {
    const { port, message, folder, data } = running(this, 'composer()');
    return new MessengerComposer({ port, message, botId: null, silent: false, folder, limits: data.limits });
  }

  /**
   * Waits on the product's clock, which a simulation can move forward.
   *
   * @example await this.sleep(6_000);
   */
  async sleep(milliseconds: number): Promise<void> {
    await running(this, 'sleep()').port.request('sleep', { milliseconds });
  }

  /** The bot the action belongs to. */
  get bot(): BotData {
    return running(this, 'bot').data.bot;
  }

  /** The action that was triggered. */
  get action(): ActionData {
    return running(this, 'action').data.action;
  }

  /** The group the message was written in. */
  get thread(): HandlerThread {
    return running(this, 'thread').thread;
  }

  /** The message that triggered the action. Its sender is `message.owner`. */
  get message(): HandlerMessage {
    return running(this, 'message').message;
  }

  /** The trigger that matched; null with match `any`. */
  get matchingTrigger(): string | null {
    return running(this, 'matchingTrigger').data.matchingTrigger;
  }

  /** Whether the sender is an admin of the group. */
  get isGroupAdmin(): boolean {
    return running(this, 'isGroupAdmin').data.isGroupAdmin;
  }

  /** The address the message was sent from, where it is known. */
  get senderIp(): string | null {
    return running(this, 'senderIp').data.senderIp;
  }
}

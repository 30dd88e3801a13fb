import type { z } from 'zod';
import { createError, type FieldErrors } from '../base/errors.ts';
import type { MatchMethod } from '../domain/match.ts';
import { MessengerComposer } from './composer.ts';
import type { BotActionHandlerDTO, Payload, ResolvedBotHandlerDTO } from './descriptions.ts';
import { type HandlerMessage, type HandlerThread, parsedBy, running } from './handler-context.ts';
import { describeHandler } from './handler-settings.ts';
import { currentRegistries } from './registration.ts';
import type { ActionData, BotData } from './requests.ts';
import { resolveParameters } from './resolver.ts';

/** What `getSettings()` of a handler returns. */
export interface BotActionHandlerSettings {
  /** Identifies the handler. Unique in a workspace. */
  alias: string;
  /** What the handler does, for users. */
  description: string;
  /** The handler's display name. */
  name: string;
  /** Allows at most one action of this handler in a thread, over all its bots. */
  unique?: boolean;
  /** Fixes the triggers. The person who attaches the handler is not asked for any. */
  triggers?: readonly string[];
  /** Fixes the match method. The person who attaches the handler is not asked for one. */
  match?: MatchMethod;
}

/** Who wants to attach a handler, and to which thread. */
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
 * A bot handler. It answers messages that match the triggers of an action it is attached to.
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
   * The environment variables that the handler requires, such as the key of a service. Their values come from
   * the environment or else from `keys` of `messenger.config.ts`; the handler reads them from `process.env`.
   * Missing ones are reported when the handler is registered. The handler still runs, so it should post that
   * it is not configured, and release its cooldown. A name that ends with `?` is optional. Handlers see no
   * other variables, except those that the configuration lists in `bots.environment` and `keys`.
   *
   * @example static override readonly environment = ['BOT_WEATHER_API_KEY', 'BOT_WEATHER_UNITS?'];
   */
  static readonly environment: readonly string[] = [];

  /**
   * How often a failed answer to a message is retried, 0 to 10 times: after 1, 2, 4 … seconds, at most a
   * minute. What an attempt has posted is not posted again. Later messages do not wait for it.
   *
   * @example static override readonly retries = 3;
   */
  static readonly retries: number = 0;

  /**
   * How many milliseconds the handler may take, a day at most. After that it is stopped and fails. Null uses
   * `bots.timeout` of the configuration. Loading its file and waiting for a worker do not count.
   *
   * @example static override readonly timeout = 120_000;
   */
  static readonly timeout: number | null = null;

  /**
   * Returns the handler's alias, name and description, and what it fixes. Every handler defines its own.
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

  /** Returns the handler's description; null before it is registered. */
  static getDto(): BotActionHandlerDTO | null {
    return currentRegistries().handlers.findClass(this);
  }

  /**
   * Checks parameters as attaching the handler would.
   *
   * @param params what a client would post: `cooldown`, `admin_only`, `enabled`, the handler's own fields,
   *   and `match` and `triggers` unless the handler fixes them
   * @returns the resolved action, or the errors: `{ field: [message, …] }`
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
   * Answers the message. Runs in a worker and is stopped at its deadline.
   * An error fails only this action and releases its cooldown.
   */
  abstract handle(): void | Promise<void>;

  /** Decides who may attach this handler. It is not called when a message triggers the handler. */
  authorize?(context: AuthorizeContext): boolean | Promise<boolean>;

  /**
   * The handler's own parameters, as a zod raw shape. The validated fields become the payload.
   *
   * @example rules() { return { replies: z.array(z.string()).min(1).max(5) }; }
   */
  rules(): z.ZodRawShape {
    return {};
  }

  /**
   * Messages that replace the default ones, by `field.rule`; `*` matches any list position.
   *
   * @example errorMessages() { return { 'replies.*.required': 'Reply is required.' }; }
   */
  errorMessages(): Record<string, string> {
    return {};
  }

  /**
   * Returns the payload to store: plain data or JSON text. Override it to change the payload first.
   *
   * @param payload the validated fields of `rules()`; null if there are none
   */
  serializePayload(payload: Payload | null): unknown {
    return payload;
  }

  /**
   * Returns the payload of the action, or one field of it; typed by `rules()`.
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
   * Returns the message without the trigger that matched, trimmed; null if nothing is left.
   *
   * @param toLower converts to lower case
   */
  getParsedMessage(toLower = false): string | null {
    return parsedBy(this, 'getParsedMessage()', toLower);
  }

  /**
   * Returns the words of {@link getParsedMessage}; null if nothing is left.
   *
   * @param toLower converts to lower case
   */
  getParsedWords(toLower = false): string[] | null {
    const parsed = parsedBy(this, 'getParsedWords()', toLower);
    return parsed === null ? null : parsed.split(/\p{White_Space}+/u);
  }

  /** Removes the action's cooldown once the handler has returned, for when it did not do its work. */
  releaseCooldown(): void {
    running(this, 'releaseCooldown()').cooldownReleased = true;
  }

  /** Creates a composer that acts in the thread of the message as this bot. */
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

  /** The address the message was sent from, if known. */
  get senderIp(): string | null {
    return running(this, 'senderIp').data.senderIp;
  }
}

import { isMatchMethod, type MatchMethod, matchDescriptions, matchMethods } from '../domain/match.ts';
import { setAuthorizing } from './authorizing.ts';
import type { BotActionHandlerClass } from './bot-action-handler.ts';
import type { BotActionHandlerDTO, PackagedBotDTO } from './descriptions.ts';
import { describeHandler } from './handler-settings.ts';
import { describePackage, installEntries } from './package-settings.ts';
import type { PackagedBotClass } from './packaged-bot.ts';
import { handlerRegistry, packageRegistry } from './registry.ts';

/**
 * The registry of handlers, and the names of the match methods.
 *
 * Handlers in files below `bots/` are registered by themselves; register by hand what lives elsewhere.
 *
 * @example MessengerBots.registerHandlers([HelloBot, ReplyBot]);
 */
export class MessengerBots {
  /** The action will be triggered for any message sent. */
  static readonly MATCH_ANY = 'any' as const;
  /** The trigger stands anywhere in the message, but not as a part of another word. */
  static readonly MATCH_CONTAINS = 'contains' as const;
  /** As `MATCH_CONTAINS`, upper and lower case being the same. */
  static readonly MATCH_CONTAINS_CASELESS = 'contains:caseless' as const;
  /** The trigger stands anywhere in the message, also inside another word. */
  static readonly MATCH_CONTAINS_ANY = 'contains:any' as const;
  /** As `MATCH_CONTAINS_ANY`, upper and lower case being the same. */
  static readonly MATCH_CONTAINS_ANY_CASELESS = 'contains:any:caseless' as const;
  /** The message is the trigger. */
  static readonly MATCH_EXACT = 'exact' as const;
  /** As `MATCH_EXACT`, upper and lower case being the same. */
  static readonly MATCH_EXACT_CASELESS = 'exact:caseless' as const;
  /** The message begins with the trigger, which is not a part of another word. */
  static readonly MATCH_STARTS_WITH = 'starts:with' as const;
  /** As `MATCH_STARTS_WITH`, upper and lower case being the same. */
  static readonly MATCH_STARTS_WITH_CASELESS = 'starts:with:caseless' as const;

  /** The names of the nine match methods. */
  static getMatchMethods(): MatchMethod[] {
    return [...matchMethods];
  }

  /** What a match method does, in one sentence; null for a name that is none. */
  static getMatchDescription(match: string): string | null {
    return isMatchMethod(match) ? matchDescriptions[match] : null;
  }

  /**
   * Registers handler classes, all or none. Registering one again changes nothing.
   *
   * @throws HANDLER_SETTINGS_INVALID, HANDLER_RULES_RESERVED, ALIAS_TAKEN
   */
  static registerHandlers(handlers: readonly BotActionHandlerClass[]): void {
    handlerRegistry.add(handlers.map(describedHandler));
  }

  /** The descriptions of all registered handlers, ordered by their names. */
  static getHandlers(): BotActionHandlerDTO[] {
    return handlerRegistry.all();
  }

  /** The description of a registered handler, by its class or its alias; null when there is none. */
  static getHandler(handler: BotActionHandlerClass | string): BotActionHandlerDTO | null {
    return typeof handler === 'string' ? handlerRegistry.find(handler) : handlerRegistry.findClass(handler);
  }

  /** The aliases of all registered handlers. */
  static getHandlerAliases(): string[] {
    return this.getHandlers().map((description) => description.alias);
  }

  /**
   * Registers package classes and every handler they install, all or none.
   *
   * @throws HANDLER_SETTINGS_INVALID, HANDLER_RULES_RESERVED, ALIAS_TAKEN
   */
  static registerPackagedBots(packagedBots: readonly PackagedBotClass[]): void {
    const packages = packagedBots.map((packagedBot) => ({
      registered: packagedBot,
      description: describePackage(packagedBot),
      where: packagedBot.name,
    }));
    packageRegistry.check(packages);
    const handlers = packagedBots.flatMap((packagedBot) => installEntries(packagedBot, packagedBot.name));
    handlerRegistry.add(handlers.map(({ handler }) => describedHandler(handler)));
    packageRegistry.add(packages);
  }

  /** The descriptions of all registered packages, ordered by their names. */
  static getPackagedBots(): PackagedBotDTO[] {
    return packageRegistry.all();
  }

  /** The description of a registered package, by its class or its alias; null when there is none. */
  static getPackagedBot(packagedBot: PackagedBotClass | string): PackagedBotDTO | null {
    return typeof packagedBot === 'string'
      ? packageRegistry.find(packagedBot)
      : packageRegistry.findClass(packagedBot);
  }

  /**
   * Switches the handlers' `authorize()` off for the next request that would ask it, or on again.
   *
   * @example MessengerBots.shouldAuthorize(false);
   */
  static shouldAuthorize(authorize: boolean): void {
    setAuthorizing(authorize);
  }
}

const describedHandler = (handler: BotActionHandlerClass) => ({
  registered: handler,
  description: describeHandler(handler),
  where: handler.name,
});

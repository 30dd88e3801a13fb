import { setAuthorizing } from '../base/authorizing.ts';
import { isMatchMethod, type MatchMethod, matchDescriptions, matchMethods } from '../domain/match.ts';
import type { BotActionHandlerClass } from './bot-action-handler.ts';
import type { BotActionHandlerDTO, PackagedBotDTO } from './descriptions.ts';
import { describeHandler } from './handler-settings.ts';
import { notRegistrable } from './lookalikes.ts';
import { describePackage, installEntries, isHandlerClass } from './package-settings.ts';
import { isPackageClass, type PackagedBotClass } from './packaged-bot.ts';
import { beginRegistration, currentRegistries, isHosted } from './registration.ts';
import { type Registered, Registry } from './registry.ts';

/**
 * The registry of handlers, and the names of the match methods.
 *
 * Handlers that files below `bots/` export are registered automatically. Register others at the top of any
 * file below `bots/` or of `messenger.config.ts`.
 *
 * @example MessengerBots.registerHandlers([HelloBot, ReplyBot]);
 */
export class MessengerBots {
  /** The action will be triggered for any message sent. */
  static readonly MATCH_ANY = 'any' as const;
  /** The trigger stands anywhere in the message, but not as part of another word. */
  static readonly MATCH_CONTAINS = 'contains' as const;
  /** Like `MATCH_CONTAINS`, ignoring case. */
  static readonly MATCH_CONTAINS_CASELESS = 'contains:caseless' as const;
  /** The trigger stands anywhere in the message, even inside another word. */
  static readonly MATCH_CONTAINS_ANY = 'contains:any' as const;
  /** Like `MATCH_CONTAINS_ANY`, ignoring case. */
  static readonly MATCH_CONTAINS_ANY_CASELESS = 'contains:any:caseless' as const;
  /** The message equals the trigger. */
  static readonly MATCH_EXACT = 'exact' as const;
  /** Like `MATCH_EXACT`, ignoring case. */
  static readonly MATCH_EXACT_CASELESS = 'exact:caseless' as const;
  /** The message begins with the trigger, which is not part of another word. */
  static readonly MATCH_STARTS_WITH = 'starts:with' as const;
  /** Like `MATCH_STARTS_WITH`, ignoring case. */
  static readonly MATCH_STARTS_WITH_CASELESS = 'starts:with:caseless' as const;

  /** Returns the names of the nine match methods. */
  static getMatchMethods(): MatchMethod[] {
    return [...matchMethods];
  }

  /** Returns what a match method does, in one sentence; null for an unknown name. */
  static getMatchDescription(match: string): string | null {
    return isMatchMethod(match) ? matchDescriptions[match] : null;
  }

  /**
   * Registers handler classes, all or none. Registering one again has no effect.
   *
   * @throws HANDLER_SETTINGS_INVALID, HANDLER_WITHOUT_HANDLE, HANDLER_RULES_RESERVED, ALIAS_TAKEN, NOT_A_HANDLER,
   *   REGISTERED_TOO_LATE when no file is being loaded: while a handler runs
   */
  static registerHandlers(handlers: readonly BotActionHandlerClass[]): void {
    const report = beginRegistration('registerHandlers');
    const entries = checked(handlers, isHandlerClass, 'registerHandlers', 'BotActionHandler').map(
      describedHandler,
    );
    add(currentRegistries().handlers, entries);
    for (const { registered, description } of entries)
      report({ kind: 'handler', alias: description.alias, registered });
  }

  /** Returns the descriptions of all registered handlers, ordered by name. */
  static getHandlers(): BotActionHandlerDTO[] {
    return currentRegistries().handlers.all();
  }

  /** Returns the description of a registered handler, by its class or its alias; null if there is none. */
  static getHandler(handler: BotActionHandlerClass | string): BotActionHandlerDTO | null {
    return typeof handler === 'string'
      ? currentRegistries().handlers.find(handler)
      : currentRegistries().handlers.findClass(handler);
  }

  /** Returns the aliases of all registered handlers. */
  static getHandlerAliases(): string[] {
    return this.getHandlers().map((description) => description.alias);
  }

  /**
   * Registers package classes and every handler they install, all or none.
   *
   * @throws PACKAGE_SETTINGS_INVALID, HANDLER_SETTINGS_INVALID, HANDLER_RULES_RESERVED, ALIAS_TAKEN, NOT_A_HANDLER,
   *   REGISTERED_TOO_LATE when no file is being loaded: while a handler runs
   */
  static registerPackagedBots(packagedBots: readonly PackagedBotClass[]): void {
    const report = beginRegistration('registerPackagedBots');
    const classes = checked(packagedBots, isPackageClass, 'registerPackagedBots', 'PackagedBot');
    const packages = classes.map(describedPackage);
    const handlers = classes.flatMap((packagedBot) => installEntries(packagedBot, packagedBot.name));
    if (!isHosted()) currentRegistries().packages.check(packages);
    add(
      currentRegistries().handlers,
      handlers.map(({ handler }) => describedHandler(handler)),
    );
    add(currentRegistries().packages, packages);
    for (const { registered, description } of packages)
      report({ kind: 'package', alias: description.alias, registered });
  }

  /** Returns the descriptions of all registered packages, ordered by name. */
  static getPackagedBots(): PackagedBotDTO[] {
    return currentRegistries().packages.all();
  }

  /** Returns the description of a registered package, by its class or its alias; null if there is none. */
  static getPackagedBot(packagedBot: PackagedBotClass | string): PackagedBotDTO | null {
    return typeof packagedBot === 'string'
      ? currentRegistries().packages.find(packagedBot)
      : currentRegistries().packages.findClass(packagedBot);
  }

  /**
   * Switches the handlers' `authorize()` off, or on again, for the current request: for the person who sent
   * it, and until it is answered. Handlers and the top level of a file do not belong to a request.
   *
   * @throws OUTSIDE_REQUEST
   * @example MessengerBots.shouldAuthorize(false);
   */
  static shouldAuthorize(authorize: boolean): void {
    setAuthorizing(authorize);
  }
}

/**
 * Returns the classes of a call after checking that all are of the right kind.
 *
 * @throws NOT_A_HANDLER
 */
function checked<Class>(
  classes: readonly Class[],
  isClass: (value: unknown) => boolean,
  call: string,
  parent: string,
): readonly Class[] {
  if (!Array.isArray(classes)) throw notRegistrable(classes, call, parent);
  const wrong = classes.findIndex((each) => !isClass(each));
  if (wrong >= 0) throw notRegistrable(classes[wrong], call, parent);
  return classes;
}

/**
 * While files are loaded, a duplicate alias in another file is reported by the host, which sees all files.
 */
function add<Description extends { alias: string; name: string }>(
  registry: Registry<Description>,
  entries: ReadonlyArray<Registered<Description>>,
): void {
  if (isHosted()) {
    new Registry<Description>().check(entries);
    registry.addFree(entries);
  } else registry.add(entries);
}

const describedPackage = (packagedBot: PackagedBotClass) => ({
  registered: packagedBot,
  description: describePackage(packagedBot),
  where: packagedBot.name,
});

const describedHandler = (handler: BotActionHandlerClass) => ({
  registered: handler,
  description: describeHandler(handler),
  where: handler.name,
});

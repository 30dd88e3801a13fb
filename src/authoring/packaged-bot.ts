import { createError, type FieldErrors } from '../base/errors.ts';
import type { AuthorizeContext, BotActionHandlerClass } from './bot-action-handler.ts';
import type { PackagedBotDTO, ResolvedBotHandlerDTO } from './descriptions.ts';
import { describeHandler } from './handler-settings.ts';
import type { PackagedBotInstalls } from './installs.ts';
import { describePackage, installEntries } from './package-settings.ts';
import { currentRegistries } from './registration.ts';
import { resolveParameters } from './resolver.ts';

/** What `getSettings()` of a package returns. */
export interface PackagedBotSettings {
  /** Identifies the package. Unique in a workspace. */
  alias: string;
  /** What the package contains, for users. */
  description: string;
  /** The display name of the package, and the first name of the bot it installs. */
  name: string;
  /** The path of an avatar, absolute or relative to the workspace, for the package and at first its bot. */
  avatar?: string;
  /** Seconds of cooldown after each message the bot answered, 0 to 900; 0 by default. */
  cooldown?: number;
  /** Whether the bot is enabled; true by default. */
  enabled?: boolean;
  /** Whether only people who may manage bots see its actions; false by default. */
  hide_actions?: boolean;
}

/** A set of parameters that its handler rejects, with the errors by field. */
export interface FailedInstall {
  /** The name of the handler's class. */
  handler: string;
  /** The parameters with their defaults filled in. */
  data: Record<string, unknown>;
  errors: FieldErrors;
}

/** The result of {@link PackagedBot.testInstalls}. */
export interface TestedInstalls {
  resolved: ResolvedBotHandlerDTO[];
  failed: FailedInstall[];
}

/** The class of a package. */
export type PackagedBotClass = (new () => PackagedBot) & {
  getSettings(): PackagedBotSettings;
  installs(): PackagedBotInstalls;
  readonly name: string;
};

/**
 * A bot with many handlers that is installed in one step.
 * Extend it, define `static getSettings()` and `static installs()`, and save the file below `bots/`.
 *
 * @example
 * export default class HelpPackage extends PackagedBot {
 *   static override getSettings() {
 *     return { alias: 'help_package', description: 'Greets and helps.', name: 'Helper' };
 *   }
 *
 *   static override installs() {
 *     return defineInstalls(HelloBot, [
 *       ReplyBot,
 *       { match: MessengerBots.MATCH_EXACT, triggers: ['help'], replies: ['Ask away!'] },
 *     ]);
 *   }
 * }
 */
export abstract class PackagedBot {
  /**
   * Returns the package's alias, name and description, and the settings of its bot. Every package defines its
   * own.
   *
   * @throws PACKAGE_SETTINGS_INVALID where it is not defined
   */
  static getSettings(): PackagedBotSettings {
    throw createError(
      'PACKAGE_SETTINGS_INVALID',
      this.name,
      'getSettings() is missing',
      'every package has an alias',
    );
  }

  /**
   * Returns the handlers that the package installs: each a class alone, `[class, parameters]`, or `[class,
   * [parameters, …]]` to install it several times. {@link defineInstalls} checks them at compile time.
   *
   * @throws PACKAGE_SETTINGS_INVALID where it is not defined
   */
  static installs(): PackagedBotInstalls {
    throw createError(
      'PACKAGE_SETTINGS_INVALID',
      this.name,
      'installs() is missing',
      'every package lists its handlers',
    );
  }

  /** Returns the package's description; null before it is registered. */
  static getDto(): PackagedBotDTO | null {
    return currentRegistries().packages.findClass(this);
  }

  /**
   * Checks every set of parameters as installing the package would, without calling any `authorize()`.
   *
   * @throws PACKAGE_SETTINGS_INVALID, HANDLER_SETTINGS_INVALID, HANDLER_RULES_RESERVED
   * @example TestBotPackage.testInstalls() // { resolved: […], failed: [{ handler, data, errors }] }
   */
  static testInstalls(this: PackagedBotClass): TestedInstalls {
    describePackage(this);
    return testEntries(installEntries(this, this.name));
  }

  /** Decides who may install this package. */
  authorize?(context: AuthorizeContext): boolean | Promise<boolean>;
}

/** Whether a value is a packaged bot class. */
export const isPackageClass = (value: unknown): value is PackagedBotClass =>
  typeof value === 'function' && value.prototype instanceof PackagedBot;

function testEntries(
  entries: ReadonlyArray<{ handler: BotActionHandlerClass; data: Record<string, unknown>[] }>,
) {
  const tested: TestedInstalls = { resolved: [], failed: [] };
  for (const { handler, data } of entries) {
    for (const parameters of data) {
      const result = resolveParameters(describeHandler(handler), new handler(), parameters);
      if ('resolved' in result) tested.resolved.push(result.resolved);
      else tested.failed.push({ handler: handler.name, data: parameters, errors: result.errors });
    }
  }
  return tested;
}

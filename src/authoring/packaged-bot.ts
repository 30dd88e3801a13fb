import { createError, type FieldErrors } from '../base/errors.ts';
import type { AuthorizeContext, BotActionHandlerClass } from './bot-action-handler.ts';
import type { PackagedBotDTO, ResolvedBotHandlerDTO } from './descriptions.ts';
import { describeHandler } from './handler-settings.ts';
import type { PackagedBotInstalls } from './installs.ts';
import { describePackage, installEntries } from './package-settings.ts';
import { packageRegistry } from './registry.ts';
import { resolveParameters } from './resolver.ts';

/** What `getSettings()` of a package returns. */
export interface PackagedBotSettings {
  /** Finds and installs the package. Unique in a workspace. */
  alias: string;
  /** What the package brings, for people. */
  description: string;
  /** How the package is called, and the bot it installs at first. */
  name: string;
  /** Path of an image, relative to the workspace or absolute: the package's picture and the bot's first one. */
  avatar?: string;
  /** Seconds the bot rests after each message it answered, 0 to 900; 0 when left out. */
  cooldown?: number;
  /** Whether the bot is enabled; true when left out. */
  enabled?: boolean;
  /** Whether only people who may manage bots see its actions; false when left out. */
  hide_actions?: boolean;
}

/** A set of parameters that a handler refuses, with its errors by field. */
export interface FailedInstall {
  /** Name of the handler's class. */
  handler: string;
  /** The parameters with their defaults filled in. */
  data: Record<string, unknown>;
  errors: FieldErrors;
}

/** The outcome of {@link PackagedBot.testInstalls}. */
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
   * The package's alias, name and description, and what its bot is made with. Every package defines its own.
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
   * The handlers the package installs: each a class alone, `[class, parameters]`, or `[class, [parameters, …]]` to
   * install it several times. {@link defineInstalls} checks them while you write.
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

  /** The package's description; null before it is registered. */
  static getDto(): PackagedBotDTO | null {
    return packageRegistry.findClass(this);
  }

  /**
   * Tries every set of parameters as installing the package would, without asking anybody's `authorize()`.
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

/** Whether a value is the class of a packaged bot. */
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

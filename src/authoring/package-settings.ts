import { z } from 'zod';
import { createError, type FieldErrors } from '../base/errors.ts';
import { extensionOf } from '../base/file-extension.ts';
import { validateFields } from '../domain/validation/validate.ts';
import { BotActionHandler, type BotActionHandlerClass } from './bot-action-handler.ts';
import type { PackagedBotDTO } from './descriptions.ts';
import { describeHandler } from './handler-settings.ts';
import type { PackagedBotClass } from './packaged-bot.ts';

/** A handler that a package installs, with its sets of parameters, defaults filled in. */
export interface InstallEntry {
  handler: BotActionHandlerClass;
  data: Record<string, unknown>[];
}

/** The defaults of an installed action. */
const defaults = { enabled: true, cooldown: 30, admin_only: false };

const settingsShape = {
  alias: z.string().max(255),
  description: z.string().max(1_000),
  name: z.string().min(2).max(255),
  avatar: z.string().optional(),
  cooldown: z.int().min(0).max(900).default(0),
  enabled: z.boolean().default(true),
  hide_actions: z.boolean().default(false),
};
const settingsSchema = z.object(settingsShape);

/**
 * Checks the settings and handlers of a package class and returns its plain description.
 *
 * @param where its name in errors: its file, or the name of the class
 * @throws PACKAGE_SETTINGS_INVALID, HANDLER_SETTINGS_INVALID, HANDLER_RULES_RESERVED
 */
export function describePackage(packagedBot: PackagedBotClass, where = packagedBot.name): PackagedBotDTO {
  const checked = validateFields(settingsShape, packagedBot.getSettings());
  if ('errors' in checked) throw wrongSetting(where, checked.errors);
  const settings = settingsSchema.parse(checked.values);
  const avatar = settings.avatar ?? null;
  return {
    class: packagedBot.name,
    alias: settings.alias,
    name: settings.name,
    description: settings.description,
    avatar,
    avatarExtension: avatar === null ? 'png' : extensionOf(avatar) || 'png',
    cooldown: settings.cooldown,
    isEnabled: settings.enabled,
    shouldHideActions: settings.hide_actions,
    shouldInstallAvatar: avatar !== null,
    shouldAuthorize: typeof packagedBot.prototype.authorize === 'function',
    installs: installEntries(packagedBot, where).map(({ handler, data }) => ({
      handler: describeHandler(handler, where),
      data,
    })),
    canInstall: [],
    alreadyInstalled: [],
  };
}

/**
 * Returns the handlers of a package's `installs()` with their sets of parameters.
 *
 * @throws PACKAGE_SETTINGS_INVALID for an entry that is not a handler
 */
export function installEntries(packagedBot: PackagedBotClass, where: string): InstallEntry[] {
  const installs: unknown = packagedBot.installs();
  if (!Array.isArray(installs)) throw wrongInstall(where, 'it must return a list');
  return installs.map((entry: unknown, index) => {
    const [handler, sets = {}] = Array.isArray(entry) ? entry : [entry];
    if (!isHandlerClass(handler))
      throw wrongInstall(where, `entry ${index + 1} does not begin with a handler`);
    return { handler, data: setsOf(sets).map((set) => ({ ...defaults, ...asRecord(set) })) };
  });
}

/** Returns one set or a list of sets as a list. An empty list means one set with only defaults. */
const setsOf = (sets: unknown): unknown[] => (Array.isArray(sets) && sets.length > 0 ? sets : [sets]);

const asRecord = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

/** Whether a value is a handler class. */
export const isHandlerClass = (value: unknown): value is BotActionHandlerClass =>
  typeof value === 'function' && value.prototype instanceof BotActionHandler;

const wrongInstall = (where: string, problem: string): Error =>
  createError('PACKAGE_SETTINGS_INVALID', where, 'installs() is wrong', problem);

function wrongSetting(where: string, errors: FieldErrors): Error {
  const [field = '', messages = []] = Object.entries(errors)[0] ?? [];
  return createError(
    'PACKAGE_SETTINGS_INVALID',
    where,
    `getSettings() has an invalid "${field}"`,
    messages.join(' '),
  );
}

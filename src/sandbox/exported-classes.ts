import path from 'node:path';
import { BotActionHandler, type BotActionHandlerClass } from '../authoring/bot-action-handler.ts';
import { ownFields } from '../authoring/form-fields.ts';
import {
  describeHandler,
  neededEnvironment,
  neededRetries,
  ownTimeout,
} from '../authoring/handler-settings.ts';
import { MessengerBots } from '../authoring/messenger-bots.ts';
import { describePackage, installEntries, isHandlerClass } from '../authoring/package-settings.ts';
import { PackagedBot, type PackagedBotClass } from '../authoring/packaged-bot.ts';
import { MessengerError } from '../base/errors.ts';
import type { ClassSource, HandlerDescription, PackageDescription } from './protocol.ts';

/** The name of the class that is a CommonJS module itself. */
const wholeModule = 'module.exports';

/** Whether a value is the class of a packaged bot. */
export const isPackageClass = (value: unknown): value is PackagedBotClass =>
  typeof value === 'function' && value.prototype instanceof PackagedBot;

/**
 * The handlers that a module exports. A class exported twice, by its name and as the default, is one.
 *
 * @param file its file, or its import path
 * @param where what to call it in an error
 */
export function describeHandlers(module: object, file: string, where: string): HandlerDescription[] {
  return unique(module, isHandlerClass).map(([handler, exportName]) =>
    describeAt(handler, where, { file, exportName }),
  );
}

/**
 * The packaged bots that a module exports.
 *
 * @param folder the workspace's: what a relative path of an avatar begins at
 */
export function describePackages(
  module: object,
  file: string,
  where: string,
  folder: string,
): PackageDescription[] {
  return unique(module, isPackageClass).map(([packagedBot, exportName]) => {
    const description = describePackage(packagedBot, where);
    const avatar = description.avatar === null ? null : path.resolve(folder, description.avatar);
    return { ...description, avatar, source: { file, exportName } };
  });
}

/** The handlers that a module's packaged bots install, wherever they come from. */
export function describeInstalled(module: object, file: string, where: string): HandlerDescription[] {
  return unique(module, isPackageClass).flatMap(([packagedBot, exportName]) =>
    installEntries(packagedBot, where).map(({ handler }, install) =>
      describeAt(handler, where, { file, exportName, install }),
    ),
  );
}

/** The class at a source in its module; undefined when there is none. */
export function classAt(module: object, { exportName, install }: ClassSource): unknown {
  const exported: unknown = exportName === wholeModule ? module : Reflect.get(module, exportName);
  if (install === undefined || !isPackageClass(exported)) return exported;
  return installEntries(exported, exportName)[install]?.handler;
}

const describeAt = (
  handler: BotActionHandlerClass,
  where: string,
  source: ClassSource,
): HandlerDescription => ({
  ...describeHandler(handler, where),
  environment: neededEnvironment(handler, where),
  fields: ownFields(new handler().rules()),
  retries: neededRetries(handler, where),
  timeout: ownTimeout(handler, where),
  source,
});

/** Registers what a module exports. What cannot be registered is told by whoever describes it. */
export function registerExported(module: object): void {
  for (const [handler] of unique(module, isHandlerClass)) {
    tolerating(() => MessengerBots.registerHandlers([handler]));
  }
  for (const [packagedBot] of unique(module, isPackageClass)) {
    tolerating(() => MessengerBots.registerPackagedBots([packagedBot]));
  }
}

function tolerating(register: () => void): void {
  try {
    register();
  } catch (error) {
    if (!(error instanceof MessengerError)) throw error;
  }
}

function unique<Class>(module: object, isClass: (value: unknown) => value is Class): Array<[Class, string]> {
  const names = new Map<Class, string>();
  for (const [name, exported] of exportsOf(module)) {
    if (isClass(exported) && definesSettings(exported) && !names.has(exported)) names.set(exported, name);
  }
  return [...names];
}

/** What a module exports by name; of CommonJS also the class that is the module. */
const exportsOf = (module: object): Array<[string, unknown]> =>
  typeof module === 'function' ? [[wholeModule, module]] : Object.entries(module);

/** A class without settings of its own or of a parent is a base for others, and no handler. */
const definesSettings = (exported: unknown): boolean => {
  const inherited: unknown[] = [BotActionHandler.getSettings, PackagedBot.getSettings];
  return typeof exported === 'function' && !inherited.includes(Reflect.get(exported, 'getSettings'));
};

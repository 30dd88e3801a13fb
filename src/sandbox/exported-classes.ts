import path from 'node:path';
import { BotActionHandler, type BotActionHandlerClass } from '../authoring/bot-action-handler.ts';
import { ownFields } from '../authoring/form-fields.ts';
import {
  describeHandler,
  neededEnvironment,
  neededRetries,
  ownTimeout,
  writtenTriggers,
} from '../authoring/handler-settings.ts';
import { rejectLookalike } from '../authoring/lookalikes.ts';
import { MessengerBots } from '../authoring/messenger-bots.ts';
import { describePackage, installEntries, isHandlerClass } from '../authoring/package-settings.ts';
import { isPackageClass, PackagedBot } from '../authoring/packaged-bot.ts';
import { MessengerError } from '../base/errors.ts';
import type { ClassSource, Description, HandlerDescription, PackageDescription } from './protocol.ts';

/** The exports of a file, by the names under which they can be found again. */
export type Exports = ReadonlyMap<string, unknown>;

/** The prefix of an export that is a field of the default export. */
const inDefault = 'default.';

/** The origin of a module. */
interface Origin {
  /** Its file, or its import path. */
  file: string;
  /** Its name in errors. */
  where: string;
  /** The workspace's folder, to which an avatar's path may be relative. */
  folder: string;
}

/**
 * Describes everything in a module: its handlers, its packaged bots, and the handlers that these install.
 *
 * @throws NOT_A_HANDLER, and the errors of invalid settings
 */
export function describeModule(module: Exports, { file, where, folder }: Origin): Description {
  rejectLookalikes(module, where);
  const handlers = describeHandlers(module, file, where);
  const packages = describePackages(module, file, where, folder);
  return { handlers: [...handlers, ...describeInstalled(module, file, where)], packages, problems: [] };
}

/**
 * Describes the handlers that a module exports. A class exported both by name and as the default counts once.
 *
 * @param file its file, or its import path
 * @param where its name in errors
 */
function describeHandlers(module: Exports, file: string, where: string): HandlerDescription[] {
  return unique(module, isHandlerClass).map(([handler, exportName]) =>
    describeAt(handler, where, { file, exportName }),
  );
}

/**
 * Describes the packaged bots that a module exports.
 *
 * @param folder the workspace's folder, to which an avatar's path may be relative
 */
function describePackages(
  module: Exports,
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

/** Describes the handlers that a module's packaged bots install, wherever they come from. */
function describeInstalled(module: Exports, file: string, where: string): HandlerDescription[] {
  return unique(module, isPackageClass).flatMap(([packagedBot, exportName]) =>
    installEntries(packagedBot, where).map(({ handler }, install) =>
      describeAt(handler, where, { file, exportName, install }),
    ),
  );
}

/**
 * Rejects exports that look like handlers or packaged bots but are neither.
 *
 * @throws NOT_A_HANDLER
 */
function rejectLookalikes(module: Exports, where: string): void {
  for (const [name, value] of module) rejectLookalike(value, name, where);
}

/** The class at a source in its module; undefined if there is none. */
export function classAt(module: Exports, { exportName, install }: ClassSource): unknown {
  const exported = module.get(exportName);
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
  writtenTriggers: writtenTriggers(handler),
  source,
});

/** Registers what a module exports. Describing it reports what cannot be registered. */
export function registerExported(module: Exports): void {
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

function unique<Class>(module: Exports, isClass: (value: unknown) => value is Class): Array<[Class, string]> {
  const names = new Map<Class, string>();
  for (const [name, exported] of module) {
    if (isClass(exported) && definesSettings(exported) && !names.has(exported)) names.set(exported, name);
  }
  return [...names];
}

/** The named exports of a module. Node misses some names of CommonJS; those are in the default export. */
export function exportsOf(module: object): Exports {
  const whole: unknown = Reflect.get(module, 'default');
  const inside = typeof whole === 'object' && whole !== null ? Object.entries(whole) : [];
  return new Map([
    ...Object.entries(module),
    ...inside.map(([name, value]) => [`${inDefault}${name}`, value] as const),
  ]);
}

/** A class without settings of its own or inherited ones is a base class, not a handler. */
const definesSettings = (exported: unknown): boolean => {
  const inherited: unknown[] = [BotActionHandler.getSettings, PackagedBot.getSettings];
  return typeof exported === 'function' && !inherited.includes(Reflect.get(exported, 'getSettings'));
};

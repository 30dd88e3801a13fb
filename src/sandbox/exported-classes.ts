import path from 'node:path';
import { BotActionHandler, type BotActionHandlerClass } from '../authoring/bot-action-handler.ts';
import { ownFields } from '../authoring/form-fields.ts';
import {
  describeHandler,
  neededEnvironment,
  neededRetries,
  ownTimeout,
} from '../authoring/handler-settings.ts';
import { refuseLookalike } from '../authoring/lookalikes.ts';
import { MessengerBots } from '../authoring/messenger-bots.ts';
import { describePackage, installEntries, isHandlerClass } from '../authoring/package-settings.ts';
import { isPackageClass, PackagedBot } from '../authoring/packaged-bot.ts';
import { MessengerError } from '../base/errors.ts';
import type { ClassSource, Description, HandlerDescription, PackageDescription } from './protocol.ts';

/** What a file holds, by the names under which it is found again. */
export type Exports = ReadonlyMap<string, unknown>;

/** How the name of what a module exports begins that is a field of its default export. */
const inDefault = 'default.';

/** Where a module comes from. */
interface Origin {
  /** Its file, or its import path. */
  file: string;
  /** What to call it in an error. */
  where: string;
  /** The workspace's: what a relative path of an avatar begins at. */
  folder: string;
}

/**
 * All that a module holds: its handlers and packaged bots, and the handlers that these install.
 *
 * @throws NOT_A_HANDLER, and what is wrong with its settings
 */
export function describeModule(module: Exports, { file, where, folder }: Origin): Description {
  refuseLookalikes(module, where);
  const handlers = describeHandlers(module, file, where);
  const packages = describePackages(module, file, where, folder);
  return { handlers: [...handlers, ...describeInstalled(module, file, where)], packages, problems: [] };
}

/**
 * The handlers that a module exports. A class exported twice, by its name and as the default, is one.
 *
 * @param file its file, or its import path
 * @param where what to call it in an error
 */
function describeHandlers(module: Exports, file: string, where: string): HandlerDescription[] {
  return unique(module, isHandlerClass).map(([handler, exportName]) =>
    describeAt(handler, where, { file, exportName }),
  );
}

/**
 * The packaged bots that a module exports.
 *
 * @param folder the workspace's: what a relative path of an avatar begins at
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

/** The handlers that a module's packaged bots install, wherever they come from. */
function describeInstalled(module: Exports, file: string, where: string): HandlerDescription[] {
  return unique(module, isPackageClass).flatMap(([packagedBot, exportName]) =>
    installEntries(packagedBot, where).map(({ handler }, install) =>
      describeAt(handler, where, { file, exportName, install }),
    ),
  );
}

/**
 * Refuses what looks like a handler or a packaged bot and is none.
 *
 * @throws NOT_A_HANDLER
 */
function refuseLookalikes(module: Exports, where: string): void {
  for (const [name, value] of module) refuseLookalike(value, name, where);
}

/** The class at a source in its module; undefined when there is none. */
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
  source,
});

/** Registers what a module exports. What cannot be registered is told by whoever describes it. */
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

/** What a module exports by name. Of CommonJS Node finds not all names: the others are in the default export. */
export function exportsOf(module: object): Exports {
  const whole: unknown = Reflect.get(module, 'default');
  const inside = typeof whole === 'object' && whole !== null ? Object.entries(whole) : [];
  return new Map([
    ...Object.entries(module),
    ...inside.map(([name, value]) => [`${inDefault}${name}`, value] as const),
  ]);
}

/** A class without settings of its own or of a parent is a base for others, and no handler. */
const definesSettings = (exported: unknown): boolean => {
  const inherited: unknown[] = [BotActionHandler.getSettings, PackagedBot.getSettings];
  return typeof exported === 'function' && !inherited.includes(Reflect.get(exported, 'getSettings'));
};

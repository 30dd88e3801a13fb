import { rejectLookalike } from '../authoring/lookalikes.ts';
import { isHandlerClass } from '../authoring/package-settings.ts';
import { isPackageClass } from '../authoring/packaged-bot.ts';
import { createError, MessengerError } from '../base/errors.ts';
import type { Description, HandlerDescription, PackageDescription } from '../sandbox/protocol.ts';
import type { HandlerCatalogue } from '../services/handlers/handler-catalogue.ts';
import type { BotClass } from './chat.ts';
import type { GivenClasses } from './given-classes.ts';

type Described = HandlerDescription | PackageDescription;

/**
 * Returns what was given if it is a handler or a packaged bot.
 *
 * @param where the call that got it, for errors
 * @throws NOT_A_HANDLER
 */
export function requireBotClass(given: unknown, where: string): BotClass {
  if (isHandlerClass(given) || isPackageClass(given)) return given;
  rejectLookalike(given, 'what was given', where);
  throw createError(
    'NOT_A_HANDLER',
    where,
    nameOf(given),
    'BotActionHandler or PackagedBot',
    'is not the class of a bot',
  );
}

const nameOf = (given: unknown): string =>
  typeof given === 'function' && given.name !== '' ? given.name : `what was given (${typeof given})`;

/** Finds the classes of a test in the catalogue of its chat. */
export interface BotClasses {
  /**
   * The description of a class, which becomes known by that where handlers run inside this process.
   *
   * @throws HANDLER_FILE_BROKEN with what is wrong with the class; BOT_CLASS_NOT_EXPORTED
   */
  describe(botClass: BotClass): Promise<Described>;
}

/**
 * Classes that are loaded by this process.
 *
 * @throws from `describe`, HANDLER_FILE_BROKEN
 */
export const givenBotClasses = (given: GivenClasses, catalogue: HandlerCatalogue): BotClasses => ({
  describe: async (botClass) => {
    const module = given.add(botClass);
    const isOfModule = ({ source }: Described) => source.file === module && source.install === undefined;
    if (!allOf(catalogue).some(isOfModule)) await catalogue.reload([module]);
    const found = allOf(catalogue).find(isOfModule);
    if (found) return found;
    const problem = catalogue.problems.find(({ file }) => file === module);
    throw new MessengerError(
      'HANDLER_FILE_BROKEN',
      problem?.message ?? createError('HANDLER_FILE_BROKEN', module, 'it has no getSettings()').message,
    );
  },
});

/**
 * Classes that workers load from the files of the workspace.
 *
 * @throws from `describe`, BOT_CLASS_NOT_EXPORTED
 */
export const exportedBotClasses = (folder: string, catalogue: HandlerCatalogue): BotClasses => ({
  describe: async (botClass) => {
    const { alias } = botClass.getSettings();
    const found = allOf(catalogue).find((item) => item.class === botClass.name && item.alias === alias);
    if (found) return found;
    const problems = catalogue.problems.map(({ message }) => message);
    throw createError('BOT_CLASS_NOT_EXPORTED', botClass.name, folder, problems);
  },
});

const allOf = (catalogue: HandlerCatalogue): Array<Description['handlers' | 'packages'][number]> => [
  ...catalogue.all(),
  ...catalogue.packages(),
];

import type { BotActionHandlerDTO } from '../../authoring/descriptions.ts';
import { isAuthorizing } from '../../base/authorizing.ts';
import { MessengerError } from '../../base/errors.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { HandlerDescription, PackageDescription } from '../../sandbox/protocol.ts';
import type { Context } from '../context.ts';
import { isAuthorized } from '../handlers/is-authorized.ts';
import { checkBotManager } from './bot-rights.ts';
import { attachedHandlers } from './handlers-of.ts';

/** A packaged bot that a person may install in a thread. Neither list has handlers that reject the person. */
export interface AvailablePackage {
  package: PackageDescription;
  installs: BotActionHandlerDTO[];
  /** Unique handlers that the thread already has. */
  alreadyInstalled: BotActionHandlerDTO[];
}

/**
 * The handlers a person may attach in a thread, ordered by name.
 *
 * @throws NOT_PERMITTED
 */
export async function availableHandlers(
  context: Context,
  thread: Thread,
  user: User,
): Promise<HandlerDescription[]> {
  const authorizing = isAuthorizing();
  await checkBotManager(context, { thread, user, errorMessage: 'Not authorized add bot actions.' });
  await context.catalogue.whenLoaded();
  const present = await attachedHandlers(context, thread);
  const free = context.catalogue.registered().filter(({ unique, alias }) => !unique || !present.has(alias));
  const authorized = await filterAuthorized(context, free, thread, user, authorizing);
  return free.filter((handler) => authorized.has(handler));
}

/**
 * The packaged bots a person may install in a thread, ordered by name.
 *
 * @throws NOT_PERMITTED
 */
export async function availablePackages(
  context: Context,
  thread: Thread,
  user: User,
): Promise<AvailablePackage[]> {
  const authorizing = isAuthorizing();
  await checkBotManager(context, { thread, user, errorMessage: 'Not authorized to create a bot.' });
  await context.catalogue.whenLoaded();
  const packages = context.catalogue.registeredPackages();
  const present = await attachedHandlers(context, thread);
  const handlers = context.catalogue.registered();
  const authorized = await filterAuthorized(context, [...packages, ...handlers], thread, user, authorizing);
  const authorizedAliases = new Set(handlers.filter((one) => authorized.has(one)).map(({ alias }) => alias));
  return packages
    .filter((one) => authorized.has(one))
    .map((packagedBot) => availablePackage(packagedBot, authorizedAliases, present));
}

function availablePackage(
  packagedBot: PackageDescription,
  authorized: ReadonlySet<string>,
  present: ReadonlySet<string>,
): AvailablePackage {
  const each = new Map(packagedBot.installs.map(({ handler }) => [handler.alias, handler]));
  const handlers = [...each.values()]
    .filter(({ alias }) => authorized.has(alias))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'));
  const isThere = ({ unique, alias }: BotActionHandlerDTO) => unique && present.has(alias);
  return {
    package: packagedBot,
    installs: handlers.filter((handler) => !isThere(handler)),
    alreadyInstalled: handlers.filter(isThere),
  };
}

/** Those whose `authorize()` accepts a person. If it throws, it rejects everybody. */
async function filterAuthorized(
  context: Context,
  described: ReadonlyArray<HandlerDescription | PackageDescription>,
  thread: Thread,
  user: User,
  authorizing: boolean,
): Promise<Set<HandlerDescription | PackageDescription>> {
  const answers = await Promise.all(
    described.map(async (one) => {
      try {
        return (await isAuthorized(context, { described: one, thread, user, authorizing })) ? [one] : [];
      } catch (error) {
        if (error instanceof MessengerError) return [];
        throw error;
      }
    }),
  );
  return new Set(answers.flat());
}

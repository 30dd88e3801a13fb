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
  const asking = isAuthorizing();
  await checkBotManager(context, { thread, user, errorMessage: 'Not authorized add bot actions.' });
  await context.catalogue.whenLoaded();
  const present = await attachedHandlers(context, thread);
  const free = context.catalogue.registered().filter(({ unique, alias }) => !unique || !present.has(alias));
  const welcome = await welcomed(context, free, thread, user, asking);
  return free.filter((handler) => welcome.has(handler));
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
  const asking = isAuthorizing();
  await checkBotManager(context, { thread, user, errorMessage: 'Not authorized to create a bot.' });
  await context.catalogue.whenLoaded();
  const packages = context.catalogue.registeredPackages();
  const present = await attachedHandlers(context, thread);
  const handlers = context.catalogue.registered();
  const welcome = await welcomed(context, [...packages, ...handlers], thread, user, asking);
  const welcomeAliases = new Set(handlers.filter((one) => welcome.has(one)).map(({ alias }) => alias));
  return packages
    .filter((one) => welcome.has(one))
    .map((packagedBot) => offer(packagedBot, welcomeAliases, present));
}

function offer(
  packagedBot: PackageDescription,
  welcome: ReadonlySet<string>,
  present: ReadonlySet<string>,
): AvailablePackage {
  const each = new Map(packagedBot.installs.map(({ handler }) => [handler.alias, handler]));
  const handlers = [...each.values()]
    .filter(({ alias }) => welcome.has(alias))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'));
  const isThere = ({ unique, alias }: BotActionHandlerDTO) => unique && present.has(alias);
  return {
    package: packagedBot,
    installs: handlers.filter((handler) => !isThere(handler)),
    alreadyInstalled: handlers.filter(isThere),
  };
}

/** Those whose `authorize()` accepts a person. If it throws, it rejects everybody. */
async function welcomed(
  context: Context,
  described: ReadonlyArray<HandlerDescription | PackageDescription>,
  thread: Thread,
  user: User,
  asking: boolean,
): Promise<Set<HandlerDescription | PackageDescription>> {
  const answers = await Promise.all(
    described.map(async (one) => {
      try {
        return (await isAuthorized(context, { described: one, thread, user, asking })) ? [one] : [];
      } catch (error) {
        if (error instanceof MessengerError) return [];
        throw error;
      }
    }),
  );
  return new Set(answers.flat());
}

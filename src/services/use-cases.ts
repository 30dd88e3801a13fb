import { archiveBot, restoreBot } from './archive-bot.ts';
import { attachAction } from './attach-action.ts';
import { archivedBotNamed, botNamed, listBots } from './bot-lists.ts';
import type { Services } from './context.ts';
import { createBot } from './create-bot.ts';
import { detachAction } from './detach-action.ts';
import { installPackage } from './install-package.ts';
import { ensureGroup, ensureParticipant, ensureUser, groupNamed, userNamed } from './people.ts';
import { actionsOf, attachHandler, ensurePlayground, openPlayground } from './playground.ts';
import { reloadHandlers } from './reload-handlers.ts';
import { sendMessage } from './send-message.ts';

/** What can be asked of the product from outside, a function each. */
const useCases = {
  actionsOf,
  archiveBot,
  archivedBotNamed,
  attachAction,
  attachHandler,
  botNamed,
  createBot,
  detachAction,
  ensureGroup,
  ensureParticipant,
  ensurePlayground,
  ensureUser,
  groupNamed,
  installPackage,
  listBots,
  openPlayground,
  reloadHandlers,
  restoreBot,
  sendMessage,
  userNamed,
};

type Bound<UseCase> = UseCase extends (services: Services, ...args: infer Args) => infer Result
  ? (...args: Args) => Result
  : never;

/** The use cases with their services already given. */
export type UseCases = { [Name in keyof typeof useCases]: Bound<(typeof useCases)[Name]> };

/** Gives every use case its services. */
export function bindUseCases(services: Services): UseCases {
  const bind = ([name, useCase]: [string, (services: Services, ...args: never[]) => unknown]) => [
    name,
    (...args: never[]) => useCase(services, ...args),
  ];
  return Object.fromEntries(Object.entries(useCases).map(bind));
}

import { addParticipants } from './add-participants.ts';
import { archiveBot, restoreBot } from './archive-bot.ts';
import { archiveMessage } from './archive-message.ts';
import { archiveThread } from './archive-thread.ts';
import { attachAction } from './attach-action.ts';
import { removeBotAvatar, setBotAvatar } from './bot-avatar.ts';
import { archivedBotNamed, botNamed, listBots, listPlaygroundBots } from './bot-lists.ts';
import {
  demoteParticipant,
  promoteParticipant,
  removeParticipant,
  updatePermissions,
} from './change-participant.ts';
import { clearCooldowns } from './clear-cooldowns.ts';
import type { Services } from './context.ts';
import { createBot } from './create-bot.ts';
import { createGroup } from './create-group.ts';
import { detachAction } from './detach-action.ts';
import { editMessage } from './edit-message.ts';
import { heartbeat } from './heartbeat.ts';
import { installPackage } from './install-package.ts';
import { joinByInvite } from './join-by-invite.ts';
import { knockAtThread } from './knock-at-thread.ts';
import { leaveThread } from './leave-thread.ts';
import { listFailedRuns } from './list-failed-runs.ts';
import { markRead } from './mark-read.ts';
import { muteThread } from './mute-thread.ts';
import { ensureGroup, ensureParticipant, ensureUser, groupNamed, userNamed } from './people.ts';
import { actionsOf, attachHandler, ensurePlayground, openPlayground } from './playground.ts';
import { pruneFailedRuns } from './prune-failed-runs.ts';
import { queuePurge } from './purge-bots.ts';
import { reactToMessage, removeReaction } from './react-to-message.ts';
import { reloadHandlers } from './reload-handlers.ts';
import { retryAllRuns } from './retry-all-runs.ts';
import { retryRun } from './retry-run.ts';
import { sendFile } from './send-file.ts';
import { sendMessage } from './send-message.ts';
import { showFailedRun } from './show-failed-run.ts';
import { removeThreadAvatar, setThreadAvatar } from './thread-avatar.ts';
import { listTokens, makeToken, revokeTokens } from './tokens.ts';
import { updateAction } from './update-action.ts';
import { updateBot } from './update-bot.ts';
import { updateSettings } from './update-settings.ts';

/** What can be asked of the product from outside, a function each. */
const useCases = {
  actionsOf,
  addParticipants,
  archiveBot,
  archivedBotNamed,
  archiveMessage,
  archiveThread,
  attachAction,
  attachHandler,
  botNamed,
  clearCooldowns,
  createBot,
  createGroup,
  demoteParticipant,
  detachAction,
  editMessage,
  ensureGroup,
  ensureParticipant,
  ensurePlayground,
  ensureUser,
  groupNamed,
  heartbeat,
  installPackage,
  joinByInvite,
  knockAtThread,
  leaveThread,
  listBots,
  listPlaygroundBots,
  listFailedRuns,
  listTokens,
  makeToken,
  markRead,
  muteThread,
  openPlayground,
  promoteParticipant,
  pruneFailedRuns,
  queuePurge,
  reactToMessage,
  reloadHandlers,
  removeBotAvatar,
  removeParticipant,
  removeReaction,
  removeThreadAvatar,
  restoreBot,
  retryAllRuns,
  retryRun,
  revokeTokens,
  sendFile,
  sendMessage,
  setBotAvatar,
  setThreadAvatar,
  showFailedRun,
  updateAction,
  updateBot,
  updatePermissions,
  updateSettings,
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

import { clearCooldowns } from './answering/clear-cooldowns.ts';
import { archiveBot, restoreBot } from './bots/archive-bot.ts';
import { attachAction } from './bots/attach-action.ts';
import { removeBotAvatar, setBotAvatar } from './bots/bot-avatar.ts';
import { archivedBotNamed, botNamed, listBots, listPlaygroundBots } from './bots/bot-lists.ts';
import { createBot } from './bots/create-bot.ts';
import { detachAction } from './bots/detach-action.ts';
import { actionsOf, attachHandler, ensurePlayground, openPlayground } from './bots/playground.ts';
import { queuePurge } from './bots/purge-bots.ts';
import { updateAction } from './bots/update-action.ts';
import { updateBot } from './bots/update-bot.ts';
import type { Context } from './context.ts';
import { listFailedRuns } from './failed-runs/list-failed-runs.ts';
import { pruneFailedRuns } from './failed-runs/prune-failed-runs.ts';
import { retryAllRuns } from './failed-runs/retry-all-runs.ts';
import { retryRun } from './failed-runs/retry-run.ts';
import { showFailedRun } from './failed-runs/show-failed-run.ts';
import { reloadHandlers } from './handlers/reload-handlers.ts';
import { archiveMessage } from './messages/archive-message.ts';
import { editMessage } from './messages/edit-message.ts';
import { sendFile } from './messages/send-file.ts';
import { sendMessage } from './messages/send-message.ts';
import { installPackage } from './packages/install-package.ts';
import { addParticipants } from './participants/add-participants.ts';
import {
  demoteParticipant,
  promoteParticipant,
  removeParticipant,
  updatePermissions,
} from './participants/change-participant.ts';
import { addReaction, removeReaction } from './reactions/add-reaction.ts';
import { archiveThread } from './threads/archive-thread.ts';
import { createGroup } from './threads/create-group.ts';
import { joinByInvite } from './threads/join-by-invite.ts';
import { leaveThread } from './threads/leave-thread.ts';
import { markRead } from './threads/mark-read.ts';
import { muteThread } from './threads/mute-thread.ts';
import { sendKnock } from './threads/send-knock.ts';
import { removeThreadAvatar, setThreadAvatar } from './threads/thread-avatar.ts';
import { updateSettings } from './threads/update-settings.ts';
import { heartbeat } from './users/heartbeat.ts';
import { ensureGroup, ensureParticipant, ensureUser, groupNamed, userNamed } from './users/people.ts';
import { listTokens, makeToken, revokeTokens } from './users/tokens.ts';

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
  knockAtThread: sendKnock,
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
  reactToMessage: addReaction,
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

type Bound<UseCase> = UseCase extends (context: Context, ...args: infer Args) => infer Result
  ? (...args: Args) => Result
  : never;

/** The use cases, bound to a context. */
export type UseCases = { [Name in keyof typeof useCases]: Bound<(typeof useCases)[Name]> };

/** Binds every use case to a context. */
export function bindUseCases(context: Context): UseCases {
  const bind = ([name, useCase]: [string, (context: Context, ...args: never[]) => unknown]) => [
    name,
    (...args: never[]) => useCase(context, ...args),
  ];
  return Object.fromEntries(Object.entries(useCases).map(bind));
}

/**
 * What authors of bots import.
 *
 * @example import { BotActionHandler, MessengerBots } from 'messenger-bots';
 */

// To write a handler.
export { messageText } from './authoring/action-limits.ts';
export {
  type AuthorizeContext,
  BotActionHandler,
  type BotActionHandlerClass,
  type BotActionHandlerSettings,
} from './authoring/bot-action-handler.ts';
export { type ComposerStep, MessengerComposer, type Reference } from './authoring/composer.ts';
export type {
  BotActionHandlerDTO,
  PackagedBotDTO,
  PackagedBotInstallDTO,
  Payload,
  ResolvedBotHandlerDTO,
} from './authoring/descriptions.ts';
export { type FetchJsonWithinOptions, fetchJsonWithin } from './authoring/fetch-json-within.ts';
export { type FetchWithinOptions, fetchWithin } from './authoring/fetch-within.ts';
export type { HandlerMessage, HandlerThread, MessageOwner } from './authoring/handler-context.ts';
export { defineInstalls, type InstallParameters, type PackagedBotInstalls } from './authoring/installs.ts';
export { MessengerBots } from './authoring/messenger-bots.ts';
export {
  type FailedInstall,
  PackagedBot,
  type PackagedBotClass,
  type PackagedBotSettings,
  type TestedInstalls,
} from './authoring/packaged-bot.ts';
export type {
  ActionData,
  BotData,
  DocumentData,
  DocumentQuery,
  InviteData,
  MessageData,
  Page,
  PageQuery,
  ParticipantData,
  ReactionData,
  ThreadBotData,
} from './authoring/requests.ts';
// To match and to check by oneself.
export { type ErrorCode, type FieldErrors, MessengerError } from './base/errors.ts';
// To configure a workspace.
export { type Config, defineConfig, type UserConfig } from './config/schema.ts';
export { emojiOf, findEmojis } from './domain/emoji.ts';
export { type MatchMethod, matchMessage } from './domain/match.ts';
export { formatTriggers } from './domain/triggers.ts';

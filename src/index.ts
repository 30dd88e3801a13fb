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
export {
  type ComposerState,
  type ComposerStep,
  MessengerComposer,
  type Reference,
} from './authoring/composer.ts';
export type {
  BotActionHandlerDTO,
  PackagedBotDTO,
  PackagedBotInstallDTO,
  Payload,
  ResolvedBotHandlerDTO,
} from './authoring/descriptions.ts';
export { type FetchJsonWithinOptions, fetchJsonWithin } from './authoring/fetch-json-within.ts';
export { type FetchWithinOptions, fetchWithin } from './authoring/fetch-within.ts';
export type { FileSource } from './authoring/file-source.ts';
export type { HandlerMessage, HandlerThread, MessageOwner, ThreadData } from './authoring/handler-context.ts';
export {
  type CommonParameters,
  defineInstalls,
  type InstallParameters,
  type PackagedBotInstalls,
  type ParameterSet,
} from './authoring/installs.ts';
export { MessengerBots } from './authoring/messenger-bots.ts';
export {
  type FailedInstall,
  PackagedBot,
  type PackagedBotClass,
  type PackagedBotSettings,
  type TestedInstalls,
} from './authoring/packaged-bot.ts';
export type {
  EffectOptions,
  RequestArguments,
  RequestKind,
  UploadKind,
} from './authoring/request-arguments.ts';
export type {
  ActionData,
  BotData,
  DocumentData,
  DocumentQuery,
  InviteData,
  MessageData,
  OwnerData,
  Page,
  PageQuery,
  ParticipantData,
  ReactionData,
  RequestPort,
  Requests,
  ThreadBotData,
} from './authoring/requests.ts';
// To match triggers and check values directly.
export type { Timestamp } from './base/clock.ts';
export { type ErrorCode, type FieldErrors, MessengerError } from './base/errors.ts';
// To configure a workspace.
export { defineConfig } from './config/define-config.ts';
export type { Config, UserConfig } from './config/schema.ts';
// What the configuration's listeners and `http.auth` receive.
export type { Authenticate, AuthRequest, HostUser } from './domain/authenticate.ts';
export type { Bot } from './domain/bot.ts';
export type { BotAction } from './domain/bot-action.ts';
export { emojiOf, findEmojis } from './domain/emoji.ts';
export type { EventListeners, EventName, Events } from './domain/event.ts';
export type { Invite } from './domain/invite.ts';
export type { LostAction } from './domain/lost-action.ts';
export { type MatchMethod, matchMessage } from './domain/match.ts';
export type { Message, MessageExtra } from './domain/message.ts';
export type { HttpAnswer, HttpRequest } from './domain/outside.ts';
export type { Participant, ParticipantPermissions } from './domain/participant.ts';
export type { Profile } from './domain/profile.ts';
export type { Provider, ProviderRef, ProviderType } from './domain/provider.ts';
export type { Reaction } from './domain/reaction.ts';
export type { RunError, StopReason, ThreadReason } from './domain/run.ts';
export type { Thread, ThreadKind, ThreadSettings } from './domain/thread.ts';
export { formatTriggers } from './domain/triggers.ts';
export type { User } from './domain/user.ts';

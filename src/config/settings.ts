import type { ActionLimits } from '../domain/limits.ts';
import type { Config } from './schema.ts';

/**
 * The part of the configuration that the services use, under their names.
 *
 * @param botsEnabled overrides the configuration
 */
export const settingsOf = (config: Config, botsEnabled = config.bots.enabled) => ({
  botsEnabled,
  subscriberEnabled: config.bots.subscriber.enabled,
  queued: config.bots.subscriber.queued,
  knocksEnabled: config.knocks.enabled,
  knockTimeout: config.knocks.timeout,
  invitesEnabled: config.invites.enabled,
  invitesMax: config.invites.threadMax,
  messageLimit: config.messages.sizeLimit,
  editsEnabled: config.messages.edits,
  editHistory: config.messages.editHistory,
  systemMessages: config.messages.system,
  reactionsEnabled: config.reactions.enabled,
  reactionsMax: config.reactions.maxUnique,
  callingEnabled: config.calling.enabled,
  onlineStatus: config.onlineStatus.enabled,
  onlineLifetime: config.onlineStatus.lifetime,
  uploadsEnabled: config.uploads.enabled,
  uploadLimits: config.uploads.limits,
  uploadTypes: config.uploads.types,
  threadAvatars: config.avatars.threads,
  botAvatars: config.avatars.bots,
  avatarLimit: config.avatars.limit,
  avatarTypes: config.avatars.types,
  limits: config.limits,
  http: { ...config.http, port: config.http.port ?? 0 },
});

/** The part of the configuration that use cases read; `config/schema` describes each value and its unit. */
export type Settings = ReturnType<typeof settingsOf>;

/** How the HTTP API is reached. */
export type HttpSettings = Settings['http'];

/** How much may be under way at once over HTTP. */
export type HttpLimits = HttpSettings['limits'];

/** The limits of an action in the configuration. */
export const actionLimitsOf = ({ limits, messages }: Config): ActionLimits => ({
  ...limits,
  message: messages.sizeLimit,
});

import type { ActionLimits } from '../domain/limits.ts';
import type { Config } from './schema.ts';

/** What the process decides instead of the configuration, even when that is saved again. */
export interface SettingsOverrides {
  botsEnabled?: boolean;
  /** Switches off all rate limits of the HTTP API. */
  unlimited?: boolean;
}

const noRateLimits: Config['http']['rateLimits'] = { api: 0, message: 0, attachment: 0, assets: 0 };

/** The part of the configuration that use cases read, under their names. */
export const settingsOf = (
  config: Config,
  { botsEnabled = config.bots.enabled, unlimited = false }: SettingsOverrides = {},
) => ({
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
  http: {
    ...config.http,
    port: config.http.port ?? 0,
    ...(unlimited && { rateLimits: noRateLimits }),
  },
});

type Immutable<Value> = Value extends (...args: never) => unknown
  ? Value
  : { readonly [Key in keyof Value]: Immutable<Value[Key]> };

/**
 * The settings at one moment; `config/schema` describes each value and its unit. They are never changed, but
 * replaced as a whole.
 */
export type Settings = Immutable<ReturnType<typeof settingsOf>>;

/** The settings after a configuration was saved. Those that need a restart stay as they are. */
export const settingsAfterReload = (
  before: Settings,
  config: Config,
  overrides: SettingsOverrides,
): Settings => ({
  ...settingsOf(config, overrides),
  subscriberEnabled: before.subscriberEnabled,
  queued: before.queued,
  http: before.http,
});

/** How the HTTP API is reached. */
export type HttpSettings = Settings['http'];

/** How much may be under way at once over HTTP. */
export type HttpLimits = HttpSettings['limits'];

/** The limits of an action in the configuration. */
export const actionLimitsOf = ({ limits, messages }: Config): ActionLimits => ({
  ...limits,
  message: messages.sizeLimit,
});

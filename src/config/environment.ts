import { createError, type MessengerError } from '../base/errors.ts';
import { readSwitch, switchWords } from '../base/switch.ts';

/** A setting that an environment variable overrides: its path in the configuration, and how to parse it. */
type Variable = readonly [path: string, read: (text: string, name: string) => unknown];

const invalidVariable = (name: string, wanted: string, text: string): MessengerError =>
  createError('CONFIG_INVALID', 'the environment', `${name} must be ${wanted}, not "${text}"`);

/** @throws CONFIG_INVALID */
function flag(text: string, name: string): boolean {
  const on = readSwitch(text);
  if (on === undefined) throw invalidVariable(name, switchWords, text);
  return on;
}

/** @throws CONFIG_INVALID */
function list(text: string, name: string): string[] {
  const items = text.split(',').map((item) => item.trim().toLowerCase());
  if (items.every((item) => /^[a-z0-9]+$/.test(item))) return items;
  throw invalidVariable(name, 'a list of endings like "png,jpg"', text);
}

/** @throws CONFIG_INVALID */
function word(text: string, name: string): string {
  if (text.trim() === '') throw invalidVariable(name, 'a text', text);
  return text.trim();
}

/** @throws CONFIG_INVALID */
function count(text: string, name: string): number {
  const number = Number(text);
  if (/^\s*-?\d+(?:\.\d+)?\s*$/.test(text) && Number.isFinite(number)) return number;
  throw invalidVariable(name, 'a number', text);
}

/** The names of the original, followed by those of this product alone. */
export const environmentVariables: Readonly<Record<string, Variable>> = {
  MESSENGER_BOTS_ENABLED: ['bots.enabled', flag],
  MESSENGER_MESSAGE_SIZE_LIMIT: ['messages.sizeLimit', count],
  MESSENGER_MESSAGE_IMAGE_UPLOAD: ['uploads.enabled.image', flag],
  MESSENGER_MESSAGE_IMAGE_SIZE_LIMIT: ['uploads.limits.image', count],
  MESSENGER_MESSAGE_IMAGE_MIME_TYPES: ['uploads.types.image', list],
  MESSENGER_MESSAGE_DOCUMENT_UPLOAD: ['uploads.enabled.document', flag],
  MESSENGER_MESSAGE_DOCUMENT_SIZE_LIMIT: ['uploads.limits.document', count],
  MESSENGER_MESSAGE_DOCUMENT_MIME_TYPES: ['uploads.types.document', list],
  MESSENGER_MESSAGE_AUDIO_UPLOAD: ['uploads.enabled.audio', flag],
  MESSENGER_MESSAGE_AUDIO_SIZE_LIMIT: ['uploads.limits.audio', count],
  MESSENGER_MESSAGE_AUDIO_MIME_TYPES: ['uploads.types.audio', list],
  MESSENGER_MESSAGE_VIDEO_UPLOAD: ['uploads.enabled.video', flag],
  MESSENGER_MESSAGE_VIDEO_SIZE_LIMIT: ['uploads.limits.video', count],
  MESSENGER_MESSAGE_VIDEO_MIME_TYPES: ['uploads.types.video', list],
  MESSENGER_THREAD_AVATARS_ENABLED: ['avatars.threads', flag],
  MESSENGER_BOT_AVATARS_ENABLED: ['avatars.bots', flag],
  MESSENGER_AVATARS_SIZE_LIMIT: ['avatars.limit', count],
  MESSENGER_AVATARS_MIME_TYPES: ['avatars.types', list],
  MESSENGER_CALLING_ENABLED: ['calling.enabled', flag],
  MESSENGER_SYSTEM_MESSAGES_ENABLED: ['messages.system', flag],
  MESSENGER_MESSAGE_EDITS_ENABLED: ['messages.edits', flag],
  MESSENGER_MESSAGE_EDITS_VIEW_HISTORY: ['messages.editHistory', flag],
  MESSENGER_MESSAGE_REACTIONS_ENABLED: ['reactions.enabled', flag],
  MESSENGER_MESSAGE_REACTIONS_MAX_UNIQUE: ['reactions.maxUnique', count],
  MESSENGER_INVITES_ENABLED: ['invites.enabled', flag],
  MESSENGER_INVITES_THREAD_MAX: ['invites.threadMax', count],
  MESSENGER_KNOCKS_ENABLED: ['knocks.enabled', flag],
  MESSENGER_KNOCKS_TIMEOUT: ['knocks.timeout', count],
  MESSENGER_ONLINE_STATUS_ENABLED: ['onlineStatus.enabled', flag],
  MESSENGER_ONLINE_STATUS_LIFETIME: ['onlineStatus.lifetime', count],

  MESSENGER_BOTS_ISOLATION: ['bots.isolation', word],
  MESSENGER_DATABASE_URL: ['database.url', word],
  MESSENGER_DATABASE_BUSY_TIMEOUT: ['database.busyTimeout', count],
  MESSENGER_HTTP_HOST: ['http.host', word],
  MESSENGER_HTTP_PORT: ['http.port', count],
  MESSENGER_HTTP_ESCAPE_HTML: ['http.escapeHtml', flag],
  MESSENGER_LIMIT_BOTS: ['limits.bots', count],
  MESSENGER_LIMIT_ACTIONS: ['limits.actions', count],
  MESSENGER_LIMIT_ACTIONS_SIZE: ['limits.actionsSize', count],
  MESSENGER_LIMIT_TRIGGERS: ['limits.triggers', count],
  MESSENGER_LIMIT_TRIGGER_LENGTH: ['limits.triggerLength', count],
  MESSENGER_LIMIT_PAYLOAD: ['limits.payload', count],
  MESSENGER_LIMIT_PAYLOAD_TEXT: ['limits.payloadText', count],
  MESSENGER_LIMIT_EXTRA: ['limits.extra', count],
  MESSENGER_RATE_LIMIT_API: ['http.rateLimits.api', count],
  MESSENGER_RATE_LIMIT_MESSAGE: ['http.rateLimits.message', count],
  MESSENGER_RATE_LIMIT_ATTACHMENT: ['http.rateLimits.attachment', count],
  MESSENGER_RATE_LIMIT_ASSETS: ['http.rateLimits.assets', count],
};

/** The variable that a setting comes from; undefined if the environment does not set it. */
export const variableOf = (setting: string, environment: NodeJS.ProcessEnv): string | undefined =>
  Object.entries(environmentVariables).find(
    ([name, [path]]) => environment[name] && (setting === path || setting.startsWith(`${path}.`)),
  )?.[0];

/**
 * Applies environment variables to a written configuration. Empty variables are ignored.
 *
 * @throws CONFIG_INVALID when a variable has an invalid value
 * @example withEnvironment({}, { MESSENGER_KNOCKS_TIMEOUT: '0' }) // { knocks: { timeout: 0 } }
 */
export function withEnvironment(written: unknown, environment: NodeJS.ProcessEnv): unknown {
  const config = Object.entries(environmentVariables).reduce((before, [name, [path, read]]) => {
    const text = environment[name];
    return text ? withValue(before, path.split('.'), read(text, name)) : before;
  }, written);
  return withLibrary(config, environment);
}

/** Registers all ready-made handlers or none. A list of some is kept unless the variable asks for all. */
function withLibrary(config: unknown, { BOT_AUTO_REGISTER_ALL: text }: NodeJS.ProcessEnv): unknown {
  if (!text) return config;
  const isAll = flag(text, 'BOT_AUTO_REGISTER_ALL');
  const isSome =
    typeof config === 'object' && config !== null && 'library' in config && Array.isArray(config.library);
  return isSome && !isAll ? config : withValue(config, ['library'], isAll);
}

/** A copy with a value at a path. Leaves non-objects alone, so that the schema reports them. */
function withValue(target: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (typeof target !== 'object' || target === null) return target;
  const inner = Reflect.get(target, key) ?? {};
  return { ...target, [key]: withValue(inner, rest, value) };
}

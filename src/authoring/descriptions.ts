import type { MatchMethod } from '../domain/match.ts';

/** The payload of an action: the validated fields of the handler's `rules()`, as plain JSON data. */
export type Payload = Record<string, unknown>;

/** A handler as plain data, which the rest of the product uses in place of the class. */
export interface BotActionHandlerDTO {
  /** The name of the class. */
  class: string;
  alias: string;
  description: string;
  name: string;
  /** Whether a thread may have only one action of this handler, over all its bots. */
  unique: boolean;
  /** Whether the handler has its own `authorize()` check. */
  shouldAuthorize: boolean;
  /** The triggers that the handler fixes; null if the person who attaches it chooses them. */
  triggers: readonly string[] | null;
  /** The match method that the handler fixes; null if the person who attaches it chooses it. */
  matchMethod: MatchMethod | null;
}

/** Valid parameters, ready to be stored with an action of this handler. */
export interface ResolvedBotHandlerDTO {
  handlerDTO: BotActionHandlerDTO;
  matchMethod: MatchMethod;
  enabled: boolean;
  adminOnly: boolean;
  /** Seconds, 0 to 900. */
  cooldown: number;
  /** Joined by `|`; null with match `any`, which has no triggers. */
  triggers: string | null;
  payload: Payload | null;
}

/** A handler that a package installs, and the sets of parameters it is installed with. */
export interface PackagedBotInstallDTO {
  handler: BotActionHandlerDTO;
  data: Array<Record<string, unknown>>;
}

/** A package as plain data. */
export interface PackagedBotDTO {
  /** The name of the class. */
  class: string;
  alias: string;
  name: string;
  description: string;
  /** The path of its avatar, or null. */
  avatar: string | null;
  avatarExtension: string;
  /** Seconds, 0 to 900. */
  cooldown: number;
  isEnabled: boolean;
  shouldHideActions: boolean;
  /** Whether it has an avatar, which the installed bot gets too. */
  shouldInstallAvatar: boolean;
  /** Whether the package has its own `authorize()` check. */
  shouldAuthorize: boolean;
  installs: PackagedBotInstallDTO[];
  /** For a package viewed in a thread, the handlers that would be installed there. Otherwise empty. */
  canInstall: PackagedBotInstallDTO[];
  /** For a package viewed in a thread, the unique handlers it already has. Otherwise empty. */
  alreadyInstalled: PackagedBotInstallDTO[];
}

import type { MatchMethod } from '../domain/match.ts';

/** The payload of an action: what the handler's `rules()` let through, as plain JSON data. */
export type Payload = Record<string, unknown>;

/** A handler as plain data: all that the rest of the product knows of a class it never loads. */
export interface BotActionHandlerDTO {
  /** Name of the class. */
  class: string;
  alias: string;
  description: string;
  name: string;
  /** At most one action of this handler in a thread, over all its bots. */
  unique: boolean;
  /** The handler has an `authorize()` check of its own. */
  shouldAuthorize: boolean;
  /** The triggers the handler fixes, or null where the person who attaches it chooses them. */
  triggers: readonly string[] | null;
  /** The match method the handler fixes, or null where the person who attaches it chooses it. */
  matchMethod: MatchMethod | null;
}

/** Parameters that passed every check: what an action of this handler will be stored with. */
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
  /** Name of the class. */
  class: string;
  alias: string;
  name: string;
  description: string;
  /** Path of its picture, or null. */
  avatar: string | null;
  avatarExtension: string;
  /** Seconds, 0 to 900. */
  cooldown: number;
  isEnabled: boolean;
  shouldHideActions: boolean;
  /** It has a picture, which the installed bot gets too. */
  shouldInstallAvatar: boolean;
  /** The package has an `authorize()` check of its own. */
  shouldAuthorize: boolean;
  installs: PackagedBotInstallDTO[];
  /** Of a package looked at in a thread: the handlers that would be installed there. Empty otherwise. */
  canInstall: PackagedBotInstallDTO[];
  /** Of a package looked at in a thread: the unique handlers it has already. Empty otherwise. */
  alreadyInstalled: PackagedBotInstallDTO[];
}

import type { Timestamp } from '../base/clock.ts';
import type { MatchMethod } from './match.ts';
import type { ProviderRef } from './provider.ts';

/** The defaults of an attached action. */
export const attachDefaults = { cooldown: 0, admin_only: false, enabled: true } as const;

/** A handler attached to a bot, with when it acts and its payload. */
export interface BotAction {
  /** The position in the order of attaching. */
  sequence: number;
  id: string;
  botId: string;
  /** Who attached it. */
  owner: ProviderRef;
  /** The alias of its handler. */
  handler: string;
  match: MatchMethod;
  /** Joined by `|`; null with match `any`. */
  triggers: string | null;
  payload: Record<string, unknown> | null;
  enabled: boolean;
  adminOnly: boolean;
  /** Seconds the action is in cooldown after it has run, 0 to 900. */
  cooldown: number;
  createdAt: Timestamp;
  updatedAt: Timestamp;
}

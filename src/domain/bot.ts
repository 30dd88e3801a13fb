import type { Timestamp } from '../base/clock.ts';
import type { Provider, ProviderRef } from './provider.ts';

/** A bot of a group thread. */
export interface Bot {
  id: string;
  threadId: string;
  /** Who created it. */
  owner: ProviderRef;
  name: string;
  /** File name of its picture, or null. */
  avatar: string | null;
  enabled: boolean;
  /** Only people who may manage bots see its actions. */
  hideActions: boolean;
  /** Seconds the bot is in cooldown after it has answered a message, 0 to 900. */
  cooldown: number;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  archivedAt: Timestamp | null;
}

/** A bot as a provider. */
export const asBotProvider = ({ id, name }: Bot): Provider => ({ type: 'bot', id, name });

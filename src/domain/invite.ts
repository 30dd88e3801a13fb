import type { Timestamp } from '../base/clock.ts';
import type { ProviderRef } from './provider.ts';

/** An invite to a group: whoever has its code may join, until it ends. */
export interface Invite {
  id: string;
  threadId: string;
  /** Who made it. */
  owner: ProviderRef;
  code: string;
  /** How many may join by it; 0 for any number. */
  maxUse: number;
  uses: number;
  expiresAt: Timestamp | null;
  createdAt: Timestamp;
}

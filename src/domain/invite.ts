import type { Timestamp } from '../base/clock.ts';
import type { ProviderRef } from './provider.ts';

/** An invite to a group. Anyone with its code may join until it expires. */
export interface Invite {
  id: string;
  threadId: string;
  /** Who created it. */
  owner: ProviderRef;
  code: string;
  /** How many people may join with it; 0 for any number. */
  maxUse: number;
  uses: number;
  expiresAt: Timestamp | null;
  createdAt: Timestamp;
}

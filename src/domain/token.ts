import type { Timestamp } from '../base/clock.ts';

/** A login token without its secret. */
export interface Token {
  id: string;
  userId: string;
  /** SHA-256 of the secret, in hexadecimal. */
  hash: string;
  createdAt: Timestamp;
  lastUsedAt: Timestamp | null;
  revokedAt: Timestamp | null;
}

import type { Timestamp } from '../base/clock.ts';

/** A person. */
export interface User {
  id: string;
  name: string;
  createdAt: Timestamp;
  updatedAt: Timestamp;
}

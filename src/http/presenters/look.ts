import type { Presence } from '../../services/online.ts';

/** What presenters of people must know beside them. */
export interface Look {
  /** Whether somebody is there. */
  presence(userId: string): Presence;
}

import type { Presence } from '../../services/users/presence.ts';

/** What presenters of people must know beside them. */
export interface Presentation {
  /** Whether somebody is there. */
  presence(userId: string): Presence;
}

import type { Presence } from '../../services/users/presence.ts';

/** What presenters of people need besides the people. */
export interface Presentation {
  /** Whether a person is present. */
  presence(userId: string): Presence;
}

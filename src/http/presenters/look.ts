import type { Presence } from '../../services/online.ts';
import type { Write } from '../writing.ts';

/** What presenters of people and of what they write must know beside it. */
export interface Look {
  write: Write;
  /** Whether somebody is there. */
  presence(userId: string): Presence;
}

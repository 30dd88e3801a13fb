import type { Timestamp } from '../base/clock.ts';
import type { Provider } from './provider.ts';

/** A reaction to a message. */
export interface Reaction {
  id: string;
  messageId: string;
  owner: Provider;
  /** The short code: `:wave:`. */
  reaction: string;
  createdAt: Timestamp;
}

/** The longest text, in characters, that is searched for the emoji of a reaction. */
export const maxReactionText = 255;

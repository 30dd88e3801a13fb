import type { Write } from '../writing.ts';

/** How somebody is to be seen: 0 offline, 1 online, 2 away. */
export type OnlineStatus = 0 | 1 | 2;

/** What presenters of people and of what they write must know beside it. */
export interface Look {
  write: Write;
  onlineStatus(userId: string): OnlineStatus;
}

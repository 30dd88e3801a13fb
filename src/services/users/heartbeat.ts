import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import type { OnlineStatus } from './presence.ts';

/** The answer to a heartbeat. */
export interface Heartbeat {
  status: OnlineStatus;
  unreadThreads: number;
}

/** Records that a person is online or away. */
export async function heartbeat({ store, online }: Context, user: User, away: boolean): Promise<Heartbeat> {
  online.record(user.id, away);
  return {
    status: online.of(user.id).status,
    unreadThreads: await store.conversations.countUnread(user.id),
  };
}

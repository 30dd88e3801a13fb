import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import type { OnlineStatus } from './presence.ts';

/** What somebody is told who says that they are there. */
export interface Heartbeat {
  status: OnlineStatus;
  unreadThreads: number;
}

/** Somebody says that they are there, or there but away. */
export async function heartbeat({ store, online }: Context, user: User, away: boolean): Promise<Heartbeat> {
  online.hear(user.id, away);
  return {
    status: online.of(user.id).status,
    unreadThreads: await store.conversations.countUnread(user.id),
  };
}

import type { HeartbeatJson } from '../../api/heartbeat.ts';
import { statusNames } from '../../api/person.ts';
import type { User } from '../../domain/user.ts';
import type { Heartbeat } from '../../services/users/heartbeat.ts';
import { ownerTypes, presentProvider } from './provider.ts';

/** The answer to a heartbeat. There are no calls, no friends, and no personal settings. */
export const presentHeartbeat = (user: User, { status, unreadThreads }: Heartbeat): HeartbeatJson => ({
  provider: presentProvider({ type: 'user', user }),
  active_calls_count: 0,
  online_status: status,
  online_status_verbose: statusNames[status],
  unread_threads_count: unreadThreads,
  pending_friends_count: 0,
  settings: {
    id: user.id,
    owner_id: user.id,
    owner_type: ownerTypes.user,
    message_popups: true,
    message_sound: true,
    call_ringtone_sound: true,
    notify_sound: true,
    dark_mode: true,
    online_status: 1,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  },
});

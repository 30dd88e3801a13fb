import { z } from 'zod';
import type { User } from '../../domain/user.ts';
import type { Heartbeat } from '../../services/users/heartbeat.ts';
import { ownerTypes, presentProvider, providerSchema } from './provider.ts';

const statusNames = ['OFFLINE', 'ONLINE', 'AWAY'] as const;

const personalSettings = z.object({
  id: z.string(),
  owner_id: z.string(),
  owner_type: z.string(),
  message_popups: z.boolean(),
  message_sound: z.boolean(),
  call_ringtone_sound: z.boolean(),
  notify_sound: z.boolean(),
  dark_mode: z.boolean(),
  online_status: z.int(),
  created_at: z.string(),
  updated_at: z.string(),
});

/** What a client is told every two minutes. */
export const heartbeatSchema = z
  .object({
    provider: providerSchema,
    active_calls_count: z.int(),
    online_status: z.int(),
    online_status_verbose: z.enum(statusNames),
    unread_threads_count: z.int(),
    pending_friends_count: z.int(),
    settings: personalSettings,
  })
  .meta({ id: 'Heartbeat' });

/** What a client is told every two minutes. There are no calls and no friends, and nobody has settings of their own. */
export const presentHeartbeat = (
  user: User,
  { status, unreadThreads }: Heartbeat,
): z.output<typeof heartbeatSchema> => ({
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

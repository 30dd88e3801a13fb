import { z } from 'zod';
import { statusNames } from './person.ts';
import { providerSchema } from './provider.ts';

const personalSettingsSchema = z.object({
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

/** The answer to a heartbeat. Clients send one every two minutes. */
export const heartbeatSchema = z
  .object({
    provider: providerSchema,
    active_calls_count: z.int(),
    online_status: z.int(),
    online_status_verbose: z.enum(statusNames),
    unread_threads_count: z.int(),
    pending_friends_count: z.int(),
    settings: personalSettingsSchema,
  })
  .meta({ id: 'Heartbeat' });
export type HeartbeatJson = z.output<typeof heartbeatSchema>;

/** The body of a heartbeat. */
export const heartbeatBody = z.object({ away: z.boolean() });

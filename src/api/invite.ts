import { z } from 'zod';
import { avatarSchema } from './provider.ts';

/** An invite, as shown to anyone who has its code. */
export const inviteSchema = z
  .object({
    options: z.object({
      messenger_auth: z.boolean(),
      in_thread: z.boolean(),
      thread_name: z.string().nullable(),
      is_valid: z.boolean(),
      avatar: avatarSchema.nullable(),
    }),
    route: z.string(),
    id: z.string(),
    thread_id: z.string(),
    owner_id: z.string(),
    owner_type: z.string(),
    code: z.string(),
    max_use: z.int(),
    uses: z.int(),
    expires_at: z.string().nullable(),
    created_at: z.string(),
  })
  .meta({ id: 'Invite' });
export type InviteJson = z.output<typeof inviteSchema>;

import { z } from 'zod';
import type { InviteView } from '../../services/threads/join-by-invite.ts';
import { presentOwner } from './person.ts';
import { avatarSchema } from './provider.ts';
import { presentThreadName } from './thread-name.ts';

/** An invite to whoever has its code. */
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

/** An invite to whoever has its code. What it leads to is told only while it is good. */
export const presentInvite = (
  { invite, thread }: InviteView,
  isInThread: boolean,
): z.output<typeof inviteSchema> => {
  const shown = thread && presentThreadName(thread, null);
  return {
    options: {
      messenger_auth: true,
      in_thread: isInThread,
      thread_name: shown?.name ?? null,
      is_valid: thread !== null,
      avatar: shown?.avatar ?? null,
    },
    route: `/messenger/join/${invite.code}`,
    id: invite.id,
    thread_id: invite.threadId,
    ...presentOwner(invite.owner),
    code: invite.code,
    max_use: invite.maxUse,
    uses: invite.uses,
    expires_at: invite.expiresAt,
    created_at: invite.createdAt,
  };
};

import type { InviteJson } from '../../api/invite.ts';
import type { InviteView } from '../../services/threads/join-by-invite.ts';
import { presentOwner } from './person.ts';
import { presentThreadName } from './thread-name.ts';

/** An invite, for anyone who has its code. Its thread is shown only while the invite is valid. */
export const presentInvite = ({ invite, thread }: InviteView, isInThread: boolean): InviteJson => {
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

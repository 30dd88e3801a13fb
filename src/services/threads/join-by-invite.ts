import { type Clock, timestamp } from '../../base/clock.ts';
import type { Invite } from '../../domain/invite.ts';
import type { Participant } from '../../domain/participant.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { assertPermitted } from '../participants/assert-permitted.ts';
import { changeThread } from './change-thread.ts';
import { joinThread } from './join-thread.ts';

/** An invite with its group, if it can be used now. */
export interface InviteView {
  invite: Invite;
  /** The group; null when the invite is no longer valid. */
  thread: Thread | null;
}

/** The invite with this code and its group; undefined when there is none. */
export async function inviteOfCode(
  { store, clock, settings }: Context,
  code: string,
): Promise<InviteView | undefined> {
  const invite = await store.invites.findByCode(code);
  if (invite === undefined) return undefined;
  const isGood = settings().invitesEnabled && (await isValid(store, invite, clock));
  const thread = isGood ? await store.threads.find(invite.threadId) : undefined;
  return { invite, thread: thread && isOpen(thread) ? thread : null };
}

const isOpen = ({ archivedAt, locked, settings }: Thread): boolean =>
  archivedAt === null && !locked && settings.invitations;

/**
 * Joins a group by an invite.
 *
 * @throws NOT_PERMITTED when the invite is no longer valid, or the person is already in the group
 */
export async function joinByInvite(context: Context, user: User, view: InviteView): Promise<Participant> {
  const { clock, events } = context;
  const { invite, thread } = view;
  const errorMessage = 'Not authorized to join with that invite.';
  assertPermitted(thread !== null, errorMessage);
  return changeThread(context, {
    thread,
    user,
    change: async (transaction, now) => {
      const isGood = context.settings().invitesEnabled && isOpen(now);
      assertPermitted(isGood && (await isValid(transaction, invite, clock)), errorMessage);
      const [participant] = await joinThread(context, { transaction, thread, userIds: [user.id] });
      assertPermitted(participant !== undefined, errorMessage);
      await transaction.invites.countUse(invite.id);
      return {
        result: participant,
        says: { type: 'PARTICIPANT_JOINED_WITH_INVITE', body: 'joined' },
        emit: () => events.emit('InviteUsed', { thread, invite, participant }),
      };
    },
  });
}

async function isValid(store: Store, { id, threadId }: Invite, clock: Clock): Promise<boolean> {
  const now = timestamp(clock.milliseconds());
  await store.invites.beginAhead(threadId, now);
  return (await store.invites.valid(threadId, now)).some((invite) => invite.id === id);
}

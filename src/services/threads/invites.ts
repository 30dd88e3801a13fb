import { randomInt } from 'node:crypto';
import type { InviteData } from '../../authoring/requests.ts';
import { type Timestamp, timestamp } from '../../base/clock.ts';
import { createError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import type { Invite } from '../../domain/invite.ts';
import type { ProviderRef } from '../../domain/provider.ts';
import type { Thread } from '../../domain/thread.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';

/** Letters and digits that cannot be mistaken for one another. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
const codeLength = 10;

/**
 * Creates an invite to a group, inside the caller's transaction.
 *
 * @param options when it expires, and the end of its code
 * @throws NOT_PERMITTED when invites are off in the configuration or the thread, or it has too many already
 */
export async function createInvite(
  { clock, settings }: Context,
  {
    store,
    thread,
    owner,
    options,
  }: {
    store: Store;
    thread: Thread;
    owner: ProviderRef;
    options: { expiresAt: Timestamp | null; codeEnding: string };
  },
): Promise<Invite> {
  if (!settings().invitesEnabled || !thread.settings.invitations) {
    throw createError('NOT_PERMITTED', 'Group invites are currently disabled.');
  }
  const now = timestamp(clock.milliseconds());
  await store.invites.beginAhead(thread.id, now);
  const valid = await store.invites.valid(thread.id, now);
  if (settings().invitesMax > 0 && valid.length >= settings().invitesMax) {
    throw createError(
      'NOT_PERMITTED',
      `The group has ${valid.length} invites already, and no more are allowed.`,
    );
  }
  const code = `${randomCode()}${options.codeEnding}`;
  const invite: Invite = {
    id: newId(),
    threadId: thread.id,
    owner: { type: owner.type, id: owner.id },
    code,
    maxUse: 0,
    uses: 0,
    expiresAt: options.expiresAt,
    createdAt: clock.now(),
  };
  await store.invites.insert(invite, now);
  return invite;
}

/** An invite as handlers see it. */
export const inviteData = ({ id, code, expiresAt }: Invite): InviteData => ({
  id,
  code,
  joinPath: `/messenger/join/${code}`,
  expiresAt,
});

const randomCode = (): string =>
  Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join('');

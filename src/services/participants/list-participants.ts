import type { Participant } from '../../domain/participant.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { mapPage, type Page, pageSizes, readPage } from '../pages.ts';
import { type ParticipantView, participantView, participantViews } from './participant-views.ts';
import { requireParticipant } from './require-participant.ts';

type Reading = Pick<Context, 'store'>;

const notPermitted = 'Not authorized to view participants.';

/**
 * The participants of a thread, ordered by when they joined.
 *
 * @param after only those who joined after this one
 * @throws NOT_PERMITTED
 */
export async function listParticipants(
  context: Reading,
  { thread, user, after }: { thread: Thread; user: User; after?: Participant | undefined },
): Promise<Page<ParticipantView>> {
  await requireParticipant(context, { thread, user, errorMessage: notPermitted });
  return pageOfParticipants(context, thread, after);
}

/** A page of participants. The caller has checked that the person is in the thread. */
export async function pageOfParticipants(
  { store }: Reading,
  thread: Thread,
  after?: Participant,
): Promise<Page<ParticipantView>> {
  const page = await readPage(
    pageSizes.participants,
    after,
    (limit) => store.participants.page(thread.id, { after: after?.id, limit }),
    async () => (await store.participants.count(thread.id)).all,
  );
  return mapPage(page, await participantViews(store, page.items));
}

/**
 * One participant as the others in the thread see them.
 *
 * @throws NOT_PERMITTED
 */
export async function viewParticipant(
  context: Reading,
  { thread, user, participant }: { thread: Thread; user: User; participant: Participant },
): Promise<ParticipantView> {
  await requireParticipant(context, { thread, user, errorMessage: notPermitted });
  return participantView(context.store, participant);
}

import type { Participant } from '../../domain/participant.ts';
import type { Profile } from '../../domain/profile.ts';
import type { Store } from '../../store/store.ts';
import { loadProfiles } from '../users/profiles.ts';

/** A participant as the others in the thread see them. */
export interface ParticipantView {
  participant: Participant;
  owner: Profile;
  /** The last message they have read. */
  lastReadId: string | null;
}

/** Participants with their names and what they have read. Takes a few queries for any number. */
export async function participantViews(
  store: Store,
  participants: readonly Participant[],
): Promise<ParticipantView[]> {
  const refs = participants.map(({ userId }) => ({ type: 'user', id: userId }) as const);
  const profiles = await loadProfiles(store, refs);
  const seen = await store.conversations.lastSeen(participants.map(({ id }) => id));
  return participants.map((participant) => ({
    participant,
    owner: profiles({ type: 'user', id: participant.userId }),
    lastReadId: seen.get(participant.id) ?? null,
  }));
}

/** One participant with their name and what they have read. */
export async function participantView(store: Store, participant: Participant): Promise<ParticipantView> {
  const [view] = await participantViews(store, [participant]);
  if (view === undefined) throw new Error('A participant has no view.');
  return view;
}

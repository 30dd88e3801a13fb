import type { PageJson, ParticipantJson, PresenceChange } from '../../client/index.ts';
import { messagesOf } from './conversation.ts';
import type { State } from './state.ts';

/** What is known of the people of the open group besides their list. */
export interface Members {
  /** Where the page after the loaded ones is; null if they are all. */
  readonly next: string | null;
  readonly total: number;
  /** The id of the person under the cursor; null for the speaker. */
  readonly cursor: string | null;
  /** The ids of the people who have the group open. */
  readonly present: readonly string[];
}

export const noMembers: Members = { next: null, total: 0, cursor: null, present: [] };

type Page = PageJson<ParticipantJson>;

const totalsOf = ({ meta }: Page) => ({ next: meta.next_page_route, total: meta.total });

/** The people after the first page was read again. Those of later pages stay. */
export function withMembers(state: State, page: Page): State {
  const ids = new Set(page.data.map(({ id }) => id));
  const last = page.data.at(-1)?.id ?? '';
  const isLater = ({ id }: ParticipantJson) => !ids.has(id) && id > last;
  const later = page.meta.next_page_route === null ? [] : state.participants.filter(isLater);
  const { next, total } = totalsOf(page);
  const members = { ...state.members, total, next: later.length > 0 ? state.members.next : next };
  return { ...state, participants: [...page.data, ...later], members };
}

/** The people with a page behind those who are loaded. */
export function withMoreMembers(state: State, page: Page): State {
  const ids = new Set(page.data.map(({ id }) => id));
  const before = state.participants.filter(({ id }) => !ids.has(id));
  return {
    ...state,
    participants: [...before, ...page.data],
    members: { ...state.members, ...totalsOf(page) },
  };
}

/** The place of the person under the cursor: the one it was moved to, else the speaker. */
export function memberPlace({ participants, members, me }: State): number {
  const at = participants.findIndex(({ owner_id }) => owner_id === (members.cursor ?? me));
  return Math.max(0, at);
}

/** The person under the cursor. */
export const memberAt = (state: State): ParticipantJson | undefined => state.participants[memberPlace(state)];

/** Moves the cursor down by this many people, at most to the last one who is loaded. */
export function moveMemberCursor(state: State, by: number): State {
  const place = Math.max(0, Math.min(state.participants.length - 1, memberPlace(state) + by));
  const cursor = state.participants[place]?.owner_id ?? null;
  return { ...state, members: { ...state.members, cursor } };
}

/** How near the cursor may come to the last loaded person before more are loaded. */
const margin = 25;

/** Whether more people should be loaded. */
export const needsMoreMembers = (state: State): boolean =>
  state.members.next !== null && memberPlace(state) >= state.participants.length - margin;

/** Who has the group open after somebody has come or gone. */
export function withPresence(state: State, { kind, ids }: PresenceChange): State {
  const others = kind === 'all' ? [] : state.members.present.filter((id) => !ids.includes(id));
  const present = kind === 'left' ? others : [...others, ...ids];
  return { ...state, members: { ...state.members, present } };
}

/** Notes how far somebody has read. */
export const withReader = (state: State, ownerId: string, messageId: string, time: string): State => ({
  ...state,
  participants: state.participants.map((one) =>
    one.owner_id === ownerId ? { ...one, last_read: { time, message_id: messageId } } : one,
  ),
});

/** The names of the others who have read the newest message. Its author is not among them. */
export function readers({ conversation, participants, me }: State): string[] {
  const last = messagesOf(conversation).at(-1);
  if (last === undefined || conversation.detached) return [];
  const hasRead = ({ owner_id, last_read }: ParticipantJson) =>
    owner_id !== me && owner_id !== last.owner_id && (last_read.time ?? '') >= last.created_at;
  return participants.filter(hasRead).map(({ owner }) => owner.name);
}

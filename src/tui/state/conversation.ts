import type { MessageJson, PageJson } from '../../client/index.ts';

/** A local line among the messages, such as a knock or a failure. It is not stored. */
interface Note {
  kind: 'note';
  id: string;
  at: string;
  text: string;
  tone: 'system' | 'bad';
}

export type Entry =
  /** With the size of its file in bytes, once it is known. */
  { kind: 'message'; id: string; message: MessageJson; fileSize?: number } | Note;

/** Which row is at the bottom of the pane: `below` rows of the entry are below the edge. */
export interface Anchor {
  entryId: string;
  below: number;
}

/**
 * The loaded part of a thread: consecutive messages, oldest first. Pages are added at one end and dropped at
 * the other, so that memory use does not depend on the length of the thread.
 */
export interface Conversation {
  readonly entries: readonly Entry[];
  /** The id for loading older messages; null when there are none. */
  readonly olderThan: string | null;
  /** Whether the newest messages were dropped. They are loaded again when the user scrolls there. */
  readonly detached: boolean;
  /** What has arrived since the newest were dropped, as far as it is kept. */
  readonly beyond: readonly Entry[];
  /** null keeps the pane at the end. */
  readonly anchor: Anchor | null;
  /** The id of the selected entry. */
  readonly selected: string | null;
  /** How many messages arrived while the end was out of sight. */
  readonly unseen: number;
  /** The id of the first entry that the person had not read when they came back to the thread or its end. */
  readonly newFrom: string | null;
}

/** Maximum number of entries kept. */
export const maxHeld = 400;

export const emptyConversation: Conversation = {
  entries: [],
  olderThan: null,
  detached: false,
  beyond: [],
  anchor: null,
  selected: null,
  unseen: 0,
  newFrom: null,
};

export const entryOf = (message: MessageJson): Entry => ({ kind: 'message', id: message.id, message });

/** The messages of a page, oldest first. */
export const entriesOf = ({ data }: Pick<PageJson<MessageJson>, 'data'>): Entry[] =>
  data.map(entryOf).reverse();

/** Newest first, with the id for loading older ones. */
type MessagesJson = Pick<PageJson<MessageJson>, 'data'> & {
  meta: Pick<PageJson<MessageJson>['meta'], 'next_page_id'>;
};

/** A conversation with its first page. */
export const openConversation = (page: MessagesJson): Conversation => ({
  ...emptyConversation,
  entries: entriesOf(page),
  olderThan: page.meta.next_page_id,
});

/**
 * Shows the newest page, whatever was shown before, with what has arrived since it was requested.
 *
 * @param known the entries when the page was requested; one that is not in the page was removed or is older
 */
export function reopenConversation(
  old: Conversation,
  page: MessagesJson,
  known: ReadonlySet<string>,
): Conversation {
  const fresh = openConversation(page);
  const ids = idsOf(fresh);
  const [last] = fresh.entries.slice(-1);
  const isNewer = (entry: Entry) => last === undefined || momentOf(entry) >= momentOf(last);
  const arrived = [...old.entries, ...old.beyond].filter(
    (entry) => !known.has(entry.id) && !ids.has(entry.id) && isNewer(entry),
  );
  return { ...fresh, entries: [...fresh.entries, ...arrived], newFrom: old.newFrom };
}

/** The ids of the entries, and of what is kept beyond them. */
export const idsOf = ({ entries, beyond }: Conversation): ReadonlySet<string> =>
  new Set([...entries, ...beyond].map(({ id }) => id));

/**
 * Reloads the newest page after a lost connection and keeps the notes. A user who has scrolled up stays in
 * place if possible.
 *
 * @param known the entries when the page was requested
 */
export function refreshConversation(
  old: Conversation,
  page: MessagesJson,
  known: ReadonlySet<string> = idsOf(old),
): Conversation {
  const fresh = reopenConversation(old, page, known);
  if (old.detached) return old.anchor === null ? fresh : old;
  const [first] = fresh.entries;
  const start = old.entries.findIndex(({ id }) => id === first?.id);
  // Without its first message, what was missed is longer than the page.
  if (start < 0) return fresh;
  const [shown, ids] = [idsOf(old), idsOf(fresh)];
  const notes = old.entries.slice(start).filter((entry) => !isMessage(entry) && !ids.has(entry.id));
  const missed = fresh.entries.filter(({ id }) => !shown.has(id));
  return {
    ...old,
    entries: [...old.entries.slice(0, start), ...[...fresh.entries, ...notes].sort(byMoment)],
    unseen: old.anchor === null ? 0 : old.unseen + missed.length,
    newFrom: missed[0]?.id ?? old.newFrom,
  };
}

const momentOf = (entry: Entry): string => (isMessage(entry) ? entry.message.created_at : entry.at);

const byMoment = (one: Entry, other: Entry): number =>
  Number(momentOf(one) > momentOf(other)) - Number(momentOf(one) < momentOf(other));

/** Adds older messages at the start. If there are too many, the newest are dropped, or the oldest at the end. */
export function addOlder(conversation: Conversation, page: PageJson<MessageJson>): Conversation {
  const known = idsOf(conversation);
  const entries = [...entriesOf(page).filter(({ id }) => !known.has(id)), ...conversation.entries];
  const grown = { ...conversation, olderThan: page.meta.next_page_id };
  if (conversation.anchor === null) return { ...grown, ...newest(entries) };
  return {
    ...grown,
    entries: entries.slice(0, maxHeld),
    detached: conversation.detached || entries.length > maxHeld,
  };
}

/** Adds a new message or note. One that is already there changes nothing. */
export function append(conversation: Conversation, entry: Entry, isOwn = false): Conversation {
  const { anchor, detached, unseen } = conversation;
  if (idsOf(conversation).has(entry.id)) return conversation;
  const newFrom = unseen === 0 && !isOwn ? entry.id : conversation.newFrom;
  if (detached) {
    const beyond = [...conversation.beyond, entry].slice(-maxHeld);
    return { ...conversation, beyond, unseen: unseen + 1, newFrom };
  }
  const all = [...conversation.entries, entry];
  if (anchor !== null && !isOwn) {
    return { ...conversation, ...keptAround(anchor, all), unseen: unseen + 1, newFrom };
  }
  const isAnswered = isOwn ? { newFrom: null } : {};
  return { ...conversation, ...newest(all), ...isAnswered, anchor: null, unseen: 0 };
}

/** Marks where the messages begin that somebody has not read. Nothing is marked for those who have read none. */
export function markNew(
  conversation: Conversation,
  { lastRead, me }: { lastRead: string | null; me: string | null },
): Conversation {
  const isNew = ({ owner, created_at }: MessageJson) =>
    lastRead !== null && created_at > lastRead && owner.provider_id !== me;
  const all = messagesOf(conversation);
  const first = all.find(isNew);
  // Those on the pages before may be new too.
  const isKnown = first !== all[0] || conversation.olderThan === null;
  return { ...conversation, newFrom: (isKnown && first?.id) || null };
}

/** Marks where the messages begin that came while nobody saw the thread. */
export const markMissed = (conversation: Conversation, id: string): Conversation => ({
  ...conversation,
  newFrom: conversation.newFrom ?? id,
});

/** The last entries. Those before them are loaded again when they are needed. */
export function newest(all: readonly Entry[], count = maxHeld): Partial<Conversation> {
  const entries = all.slice(-count);
  return all.length > count ? { entries, olderThan: entries.find(isMessage)?.id ?? null } : { entries };
}

/** The entries while a person reads further up: up to twice as many, then the half where they read. */
export function keptAround({ entryId }: Anchor, all: readonly Entry[]): Partial<Conversation> {
  if (all.length <= 2 * maxHeld) return { entries: all };
  const place = all.findIndex(({ id }) => id === entryId);
  return place < maxHeld
    ? { entries: all.slice(0, maxHeld), detached: true }
    : newest(all, all.length - maxHeld);
}

export const isMessage = (entry: Entry): entry is Extract<Entry, { kind: 'message' }> =>
  entry.kind === 'message';

/** Changes one message, also where it is quoted. */
export function changeMessage(
  conversation: Conversation,
  id: string,
  change: (message: MessageJson) => MessageJson,
): Conversation {
  const changed = (entry: Entry): Entry => {
    if (!isMessage(entry)) return entry;
    if (entry.id === id) return { ...entry, message: change(entry.message) };
    const { reply_to: quoted } = entry.message;
    if (quoted?.id !== id) return entry;
    return { ...entry, message: { ...entry.message, reply_to: change(quoted) } };
  };
  const { entries, beyond } = conversation;
  return { ...conversation, entries: entries.map(changed), beyond: beyond.map(changed) };
}

/** Sets the size of a message's file. */
export const withFileSize = (conversation: Conversation, id: string, fileSize: number): Conversation => ({
  ...conversation,
  entries: conversation.entries.map((entry) =>
    entry.id === id && isMessage(entry) ? { ...entry, fileSize } : entry,
  ),
});

export function removeMessage(conversation: Conversation, id: string): Conversation {
  const isOther = (entry: Entry) => entry.id !== id;
  const entries = conversation.entries.filter(isOther);
  const beyond = conversation.beyond.filter(isOther);
  const selected = conversation.selected === id ? null : conversation.selected;
  return { ...conversation, entries, beyond, selected };
}

/** Moves to the end and stays there. Messages that were dropped there must be loaded first. */
export const toEnd = (conversation: Conversation): Conversation => ({
  ...conversation,
  anchor: null,
  selected: null,
  unseen: 0,
});

/** Moves the selection down by this many entries. Beyond the end, nothing is selected. */
export function select(conversation: Conversation, by: number): Conversation {
  const { entries, selected } = conversation;
  const messages = entries.filter(isMessage);
  const place = messages.findIndex(({ id }) => id === selected);
  const next = selected === null ? messages.length + Math.min(by, 0) : place + by;
  const found = messages[Math.max(0, next)];
  return { ...conversation, selected: found?.id ?? null };
}

/** The loaded messages, oldest first. */
export const messagesOf = ({ entries }: Conversation): MessageJson[] =>
  entries.filter(isMessage).map(({ message }) => message);

/** The selected message. */
export const selectedMessage = (conversation: Conversation): MessageJson | undefined =>
  messagesOf(conversation).find(({ id }) => id === conversation.selected);

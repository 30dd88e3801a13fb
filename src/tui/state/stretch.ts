import type { MessageJson, StretchJson } from '../../client/index.ts';
import {
  type Conversation,
  entriesOf,
  idsOf,
  keptAround,
  newest,
  reopenConversation,
} from './conversation.ts';

/**
 * Shows messages from the middle of a thread, whatever was shown before. New messages are still counted.
 *
 * @param known the entries when the page was requested
 */
export function openStretch(
  old: Conversation,
  page: StretchJson<MessageJson>,
  known: ReadonlySet<string>,
): Conversation {
  const reopened = reopenConversation(old, page, known);
  if (page.meta.newer_page_id === null) return { ...reopened, unseen: old.unseen };
  const entries = reopened.entries.slice(0, page.data.length);
  const beyond = reopened.entries.slice(page.data.length);
  return { ...reopened, entries, beyond, detached: true, unseen: old.unseen };
}

/** Adds newer messages at the end. Once these are the newest ones, what arrived meanwhile follows. */
export function addNewer(conversation: Conversation, page: StretchJson<MessageJson>): Conversation {
  const { anchor, entries, beyond } = conversation;
  const shown = idsOf({ ...conversation, beyond: [] });
  const fresh = entriesOf(page).filter(({ id }) => !shown.has(id));
  const isEnd = page.meta.newer_page_id === null;
  const ids = new Set([...shown, ...fresh.map(({ id }) => id)]);
  const arrived = isEnd ? beyond.filter(({ id }) => !ids.has(id)) : [];
  const all = [...entries, ...fresh, ...arrived];
  return {
    ...conversation,
    detached: !isEnd,
    beyond: isEnd ? [] : beyond,
    ...(anchor === null ? newest(all) : keptAround(anchor, all)),
  };
}

import type { MessageJson, PageJson } from '../../client/index.ts';
import { type Anchor, type Conversation, isMessage } from './conversation.ts';
import { type Editor, editorOf, textOf } from './editor.ts';
import type { State } from './state.ts';

/** Where a person was in the conversation, and in which pane. */
export interface Place {
  readonly anchor: Anchor | null;
  readonly selected: string | null;
  readonly pane: State['pane'];
}

/** A finder in the open conversation. */
export interface Finder {
  readonly query: Editor;
  /** The text that was searched for last; empty before the first answer. */
  readonly text: string;
  /** The ids of the hits that are loaded, newest first. */
  readonly hits: readonly string[];
  /** How many there are altogether. */
  readonly total: number;
  /** The id for loading older hits; null when there are none. */
  readonly olderThan: string | null;
  /** Which of the hits is shown. */
  readonly index: number;
  /** Where Esc returns to. */
  readonly from: Place;
}

/** A finder with nothing found yet. */
export const newFinder = (state: State, text = ''): Finder => ({
  query: editorOf(text),
  text: '',
  hits: [],
  total: 0,
  olderThan: null,
  index: 0,
  from: placeOf(state),
});

/** Local notes are not on the server, so a place is at a message. */
function placeOf({ conversation, pane }: State): Place {
  const { anchor, selected } = conversation;
  return { anchor: anchor && atMessage(conversation, anchor), selected, pane };
}

function atMessage({ entries }: Conversation, anchor: Anchor): Anchor {
  const index = entries.findIndex(({ id }) => id === anchor.entryId);
  const entry = entries[index];
  if (entry === undefined || isMessage(entry)) return anchor;
  const before = entries.slice(0, index).findLast(isMessage);
  return before ? { entryId: before.id, below: 0 } : anchor;
}

/** The bar has one row, and a pasted text may have several. */
export function withQuery(finder: Finder, query: Editor): Finder {
  const isText = (character: string) => character !== '\n';
  if (query.characters.every(isText)) return { ...finder, query };
  const cursor = query.characters.slice(0, query.cursor).filter(isText).length;
  return { ...finder, query: { ...query, characters: query.characters.filter(isText), cursor } };
}

/** The hits of a text. Those of a text that was changed meanwhile are dropped. */
export function withHits(finder: Finder, text: string, page: PageJson<MessageJson>): Finder {
  if (textOf(finder.query) !== text) return finder;
  const { total, next_page_id: olderThan } = page.meta;
  return { ...finder, text, hits: idsOf(page), total, olderThan, index: 0 };
}

/** More hits, older than those that are loaded. */
export function withOlderHits(finder: Finder, text: string, page: PageJson<MessageJson>): Finder {
  if (finder.text !== text) return finder;
  return { ...finder, hits: [...finder.hits, ...idsOf(page)], olderThan: page.meta.next_page_id };
}

const idsOf = ({ data }: PageJson<MessageJson>): string[] => data.map(({ id }) => id);

/** Moves to an older hit, or to a newer one if negative, as far as they are loaded. */
export const moveHit = (finder: Finder, by: number): Finder => ({
  ...finder,
  index: Math.max(0, Math.min(finder.hits.length - 1, finder.index + by)),
});

/** The id of the hit that is shown. */
export const hitOf = ({ hits, index }: Finder): string | undefined => hits[index];

/** Whether the text was changed since it was searched for. */
export const isStale = ({ query, text }: Finder): boolean => textOf(query) !== text;

/** What of the conversation is highlighted. */
export const markOf = (finder: Finder): { text: string; id: string | undefined } => ({
  text: finder.text,
  id: hitOf(finder),
});

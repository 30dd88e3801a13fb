import type { PageJson, StretchJson } from '../../api/page.ts';
import type { MessageStretch } from '../../services/messages/messages-around.ts';
import { type Page, pageSizes } from '../../services/pages.ts';

/**
 * A page with a link to the next one.
 *
 * @param route the path of the list: `/api/messenger/groups`
 * @param query added to the link: the position of the last item, for lists whose items may move
 */
export function presentPage<Item, Answer>(
  page: Page<Item>,
  route: string,
  present: (item: Item) => Answer,
  query: (last: Item) => string = () => '',
): PageJson<Answer> {
  const { items, pageId, nextId, size, total } = page;
  const last = items.at(-1);
  return {
    data: items.map(present),
    meta: {
      index: pageId === null,
      page_id: pageId,
      next_page_id: nextId,
      next_page_route: nextId && `${route}/page/${nextId}${last === undefined ? '' : query(last)}`,
      final_page: nextId === null,
      per_page: size,
      results: items.length,
      total,
    },
  };
}

/** Messages from the middle of a list. */
export const presentStretch = <Answer>(
  { items, foundId, olderId, newerId, total }: MessageStretch,
  present: (item: MessageStretch['items'][number]) => Answer,
): StretchJson<Answer> => ({
  data: items.map(present),
  meta: {
    found_id: foundId,
    next_page_id: olderId,
    newer_page_id: newerId,
    per_page: pageSizes.messages.next,
    results: items.length,
    total,
  },
});

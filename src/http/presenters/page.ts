import { z } from 'zod';
import type { Page } from '../../services/pages.ts';

const pageMeta = z.object({
  index: z.boolean(),
  page_id: z.string().nullable(),
  next_page_id: z.string().nullable(),
  next_page_route: z.string().nullable(),
  final_page: z.boolean(),
  per_page: z.int(),
  results: z.int(),
  total: z.int(),
});

/** A page of what a schema describes. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item), meta: pageMeta });

/** A page as it is answered. */
export interface PageAnswer<Item> {
  data: Item[];
  meta: z.output<typeof pageMeta>;
}

/**
 * A page with the way to the next one.
 *
 * @param route where the list is: `/api/messenger/groups`
 * @param query what the way to the next page says besides: where its last item stood, where that may move
 */
export function presentPage<Item, Answer>(
  page: Page<Item>,
  route: string,
  present: (item: Item) => Answer,
  query: (last: Item) => string = () => '',
): PageAnswer<Answer> {
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

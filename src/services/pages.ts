/** A part of a long list. */
export interface Page<Item> {
  items: Item[];
  /** The last item of the previous page; null for the first page. */
  pageId: string | null;
  /** The page id of the next page; null for the last page. */
  nextId: string | null;
  /** Maximum number of items. */
  size: number;
  /** Number of items in the whole list. */
  total: number;
}

/** The size of the first page and of later ones. */
export interface PageSizes {
  first: number;
  next: number;
}

/** Page sizes of the HTTP contract. */
export const pageSizes = {
  messages: { first: 50, next: 50 },
  threads: { first: 100, next: 25 },
  participants: { first: 500, next: 50 },
} as const satisfies Record<string, PageSizes>;

/**
 * Reads a page of a list. A full first page always announces a next one, even an empty one, as the original
 * does. A later page checks.
 *
 * @param after the last item of the previous page; undefined for the first page
 * @param read returns at most `limit` items; for a later page, one more than the page holds
 */
export async function readPage<Item extends { id: string }>(
  sizes: PageSizes,
  after: { id: string } | undefined,
  read: (limit: number) => Promise<Item[]>,
  count: () => Promise<number>,
): Promise<Page<Item>> {
  const isFirst = after === undefined;
  const size = isFirst ? sizes.first : sizes.next;
  const found = await read(isFirst ? size : size + 1);
  const items = found.slice(0, size);
  const hasNext = isFirst ? items.length === size : found.length > size;
  return {
    items,
    pageId: after?.id ?? null,
    nextId: hasNext ? (items.at(-1)?.id ?? null) : null,
    size,
    total: await count(),
  };
}

/** A page with its items replaced. */
export const mapPage = <From, To>(page: Page<From>, items: To[]): Page<To> => ({ ...page, items });

/** A part of a long list. */
export interface Page<Item> {
  items: Item[];
  /** Behind what it begins; null for the first one. */
  pageId: string | null;
  /** Behind what the next one begins; null for the last one. */
  nextId: string | null;
  /** How many it could hold. */
  size: number;
  /** How many there are in the whole list. */
  total: number;
}

/** How many a first page and a later one hold. */
export interface PageSizes {
  first: number;
  next: number;
}

/** The sizes of pages, as in the HTTP contract. */
export const pageSizes = {
  messages: { first: 50, next: 50 },
  threads: { first: 100, next: 25 },
  participants: { first: 500, next: 50 },
} as const satisfies Record<string, PageSizes>;

/**
 * Reads a page of a list. A first page that is full claims a next one, even when that is empty, as the original does;
 * a later one knows.
 *
 * @param after what the page begins behind; undefined for the first one
 * @param read gives at most so many, one more than the page holds where it is a later one
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

/** A page with everything in it replaced. */
export const mapPage = <From, To>(page: Page<From>, items: To[]): Page<To> => ({ ...page, items });

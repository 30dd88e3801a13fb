import type { PageJson } from '../api/page.ts';
import type { Call } from './transport.ts';

/** All pages of a list, each loaded when it is needed. */
export async function* everyPage<Item>(call: Call, path: string): AsyncGenerator<PageJson<Item>> {
  for (let route: string | null = path; route !== null; ) {
    const page: PageJson<Item> = await call<PageJson<Item>>('GET', route);
    yield page;
    route = page.data.length === 0 ? null : page.meta.next_page_route;
  }
}

/** The first item of a list that fits, whichever page it is on. */
export async function findItem<Item>(
  pages: AsyncIterable<PageJson<Item>>,
  isIt: (item: Item) => boolean,
): Promise<Item | undefined> {
  for await (const { data } of pages) {
    const found = data.find(isIt);
    if (found !== undefined) return found;
  }
}

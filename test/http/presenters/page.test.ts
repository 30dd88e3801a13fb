import { expect, test } from 'vitest';
import { presentPage } from '../../../src/http/presenters/page.ts';
import type { Page } from '../../../src/services/pages.ts';

const page = (more: Partial<Page<string>>): Page<string> => ({
  items: [],
  pageId: null,
  nextId: null,
  size: 2,
  total: 5,
  ...more,
});
const present = (of: Page<string>, query?: (last: string) => string) =>
  presentPage(of, '/api/messenger/groups', (item) => item.toUpperCase(), query);

test.each<[string, Page<string>, object]>([
  [
    'the first page',
    page({ items: ['a', 'b'], nextId: 'b' }),
    {
      index: true,
      page_id: null,
      next_page_id: 'b',
      next_page_route: '/api/messenger/groups/page/b',
      final_page: false,
      results: 2,
    },
  ],
  [
    'a page in the middle',
    page({ items: ['c', 'd'], pageId: 'b', nextId: 'd' }),
    {
      index: false,
      page_id: 'b',
      next_page_id: 'd',
      next_page_route: '/api/messenger/groups/page/d',
      final_page: false,
      results: 2,
    },
  ],
  [
    'the last page',
    page({ items: ['e'], pageId: 'd' }),
    { index: false, page_id: 'd', next_page_id: null, next_page_route: null, final_page: true, results: 1 },
  ],
  [
    'an empty list',
    page({ total: 0 }),
    {
      index: true,
      page_id: null,
      next_page_id: null,
      next_page_route: null,
      final_page: true,
      results: 0,
      total: 0,
    },
  ],
])('%s says where the next one is', (_, of, meta) => {
  expect(present(of)).toEqual({
    data: of.items.map((item) => item.toUpperCase()),
    meta: { per_page: 2, total: 5, ...meta },
  });
});

test('the link has the position of the last item, for lists whose items may move', () => {
  const query = (last: string) => `?at=${last}`;
  expect(present(page({ items: ['a', 'b'], nextId: 'b' }), query).meta.next_page_route).toMatch(
    /\/page\/b\?at=b$/,
  );
  expect(present(page({ items: ['a'] }), query).meta.next_page_route).toBeNull();
});

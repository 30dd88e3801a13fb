import { expect, test } from 'vitest';
import { mapPage, readPage } from '../../src/services/pages.ts';

const sizes = { first: 3, next: 2 };
const itemsOf = (count: number) => Array.from({ length: count }, (_, index) => ({ id: String(index + 1) }));

/** A page of a list of so many items, and the limits with which it was read. */
async function pageOf(count: number, after?: string) {
  const limits: number[] = [];
  const rest = itemsOf(count).slice(after === undefined ? 0 : Number(after));
  const read = async (limit: number) => {
    limits.push(limit);
    return rest.slice(0, limit);
  };
  const page = await readPage(
    sizes,
    after === undefined ? undefined : { id: after },
    read,
    async () => count,
  );
  return { ids: page.items.map(({ id }) => id).join(' '), ...page, limits };
}

test.each<[string, number, string | undefined, object]>([
  ['an empty list', 0, undefined, { ids: '', nextId: null, size: 3, total: 0, limits: [3] }],
  ['a list that is shorter than a page', 2, undefined, { ids: '1 2', nextId: null, size: 3, limits: [3] }],
  ['a list of exactly a page, which announces an empty one', 3, undefined, { ids: '1 2 3', nextId: '3' }],
  ['a longer list', 4, undefined, { ids: '1 2 3', nextId: '3', pageId: null, total: 4 }],
  [
    'the empty page that was announced',
    3,
    '3',
    { ids: '', pageId: '3', nextId: null, total: 3, limits: [3] },
  ],
  ['a later page that is the last', 5, '3', { ids: '4 5', pageId: '3', nextId: null, size: 2 }],
  ['a later page with one more behind it', 6, '3', { ids: '4 5', pageId: '3', nextId: '5', size: 2 }],
  ['a page behind an item that is gone', 3, '9', { ids: '', pageId: '9', nextId: null }],
])('of %s', async (_, count, after, expected) => {
  expect(await pageOf(count, after)).toMatchObject(expected);
});

test('the items of a page can be replaced, and it stays the same page', async () => {
  const page = await readPage(
    sizes,
    undefined,
    async () => itemsOf(3),
    async () => 9,
  );
  expect(mapPage(page, ['a', 'b', 'c'])).toEqual({ ...page, items: ['a', 'b', 'c'] });
});

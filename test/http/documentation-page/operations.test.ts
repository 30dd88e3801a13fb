import { describe, expect, test } from 'vitest';
import { groupOperations, matches } from '../../../src/http/documentation-page/operations.ts';

const groups = groupOperations({
  info: { title: 'Test', version: '1' },
  paths: {
    '/bots/{bot}': { get: { tags: ['bots'], summary: 'A bot' }, put: { tags: ['bots', 'other'] } },
    '/bots/bot': { get: {} },
    '/bots': { post: { tags: ['bots'], summary: 'Create a bot' } },
  },
});
const operations = [...groups.values()].flat();

test('operations are grouped by their first tag, in the order of the document', () => {
  const listed = [...groups].map(([group, all]) => [
    group,
    all.map(({ method, path }) => `${method} ${path}`),
  ]);
  expect(listed).toEqual([
    ['bots', ['GET /bots/{bot}', 'PUT /bots/{bot}', 'POST /bots']],
    ['other', ['GET /bots/bot']],
  ]);
});

test('each operation has an address of its own, which needs no escaping', () => {
  const anchors = operations.map(({ anchor }) => anchor);
  expect(new Set(anchors).size).toBe(operations.length);
  expect(anchors.map(encodeURIComponent)).toEqual(anchors);
});

describe('a search', () => {
  test.each([
    ['', ['GET /bots/{bot}', 'PUT /bots/{bot}', 'POST /bots', 'GET /bots/bot']],
    ['post bots', ['POST /bots']],
    ['BOTS Create', ['POST /bots']],
    ['other', ['GET /bots/bot']],
    ['{bot}', ['GET /bots/{bot}', 'PUT /bots/{bot}']],
    ['post put', []],
  ])('for %j finds %j', (search, found) => {
    const matching = operations.filter((one) => matches(one, search));
    expect(matching.map(({ method, path }) => `${method} ${path}`)).toEqual(found);
  });
});

import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { newGroup } from '../../src/domain/thread.ts';
import { newMessage } from '../../src/services/messages/send-message.ts';
import { ensureParticipant } from '../../src/services/users/people.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
beforeAll(async () => {
  testServer = await TestServer.open({}, {}, atEnd);
});

/** A group with these texts, one second apart from a midnight on. Returns its path and the ids. */
async function groupOf(texts: readonly string[]) {
  const { app, users } = testServer;
  const user = users.get('admin');
  if (user === undefined) throw new Error('There is no admin.');
  const thread = newGroup(newId(), 'Texts', app.clock.now());
  await app.store.threads.insert(thread);
  await ensureParticipant(app, { thread, user, admin: true });
  const stored = await app.store.transaction(async (transaction) => {
    const all = [];
    for (const [place, body] of texts.entries()) {
      const draft = newMessage(app, { thread, owner: { type: 'user', ...user }, outgoing: { body } });
      all.push(await transaction.messages.insert({ ...draft, createdAt: moment(place) }));
    }
    return all;
  });
  return { path: `/threads/${thread.id}/messages`, ids: stored.map((message) => message.id) };
}

const moment = (place: number): string =>
  `${new Date(Date.UTC(2026, 0, 2) + place * 1_000).toISOString().slice(0, -1)}000Z`;

const numbers = (count: number): string[] => Array.from({ length: count }, (_, place) => `${place}`);

const bodies = (answer: { body: { data: Array<{ body: string }> } }): string[] =>
  answer.body.data.map(({ body }) => body);

const search = (path: string, text: string) =>
  testServer.call('GET', `${path}/search?q=${encodeURIComponent(text)}`);

test.each([
  ['any case', 'HELLO', ['hello', 'Hello there']],
  ['any case of other scripts', 'grÜSSE, ИВАН', ['Grüsse, Иван']],
  ['a percent sign as such', '0%', ['100% sure']],
  ['an underscore as such', 'a_b', ['a_b']],
  ['a backslash as such', '\\', ['back\\slash']],
  ['an emoji', '👋', ['👋']],
  ['nothing', 'not there', []],
])('a search finds %s', async (_, text, found) => {
  const { path } = await groupOf([
    ...['Hello there', 'hello', 'Grüsse, Иван', '100% sure', '1000', 'a_b', 'aXb', 'back\\slash', '👋'],
  ]);
  const answer = await search(path, text);
  expect(answer.status).toBe(200);
  expect(bodies(answer)).toEqual(found);
  expect(answer.body.meta).toMatchObject({ total: found.length, next_page_id: null });
});

test('a search has pages, newest first, and each knows how many there are', async () => {
  const { path, ids } = await groupOf(
    Array.from({ length: 4_200 }, (_, at) => (at % 70 ? 'x' : `hit ${at}`)),
  );
  const first = await search(path, 'hit');
  expect(bodies(first)).toHaveLength(50);
  expect(bodies(first)[0]).toBe('hit 4130');
  expect(first.body.meta).toMatchObject({ total: 60, final_page: false });
  const second = await testServer.request(first.body.meta.next_page_route, {
    headers: testServer.login('admin'),
  });
  expect(bodies(second)).toEqual([
    'hit 630',
    ...[560, 490, 420, 350, 280, 210, 140, 70, 0].map((at) => `hit ${at}`),
  ]);
  expect(second.body.meta).toMatchObject({ total: 60, final_page: true });
  await testServer.call('DELETE', `${path}/${ids[0]}`);
  expect((await search(path, 'hit')).body.meta.total).toBe(59);
});

test.each([
  ['no text', ''],
  ['an empty text', '?q='],
  ['two texts', '?q=a&q=b'],
  ['a text that is too long', `?q=${'a'.repeat(256)}`],
])('a search for %s is rejected', async (_, query) => {
  const { path } = await groupOf([]);
  const { status, body } = await testServer.call('GET', `${path}/search${query}`);
  expect(status).toBe(422);
  expect(Object.keys(body.errors)).toEqual(['q']);
});

test('a message is read with those around it, and what is newer follows page by page', async () => {
  const { path, ids } = await groupOf(numbers(130));
  const middle = (await testServer.call('GET', `${path}/around/${ids[60]}`)).body;
  expect(middle.data.map(({ body }: { body: string }) => Number(body))).toEqual(
    Array.from({ length: 50 }, (_, at) => 84 - at),
  );
  expect(middle.meta).toMatchObject({
    found_id: ids[60],
    next_page_id: ids[35],
    newer_page_id: ids[84],
    total: 130,
  });
  const newer = (await testServer.call('GET', `${path}/newer/${middle.meta.newer_page_id}`)).body;
  expect(newer.data).toHaveLength(45);
  expect(newer.data[0].body).toBe('129');
  expect(newer.meta).toMatchObject({ newer_page_id: null, next_page_id: ids[85] });
});

test.each([
  ['long before', '1970-01-01T00:00:00Z', '0'],
  ['between two', '2026-01-02T00:00:04.500Z', '5'],
  ['in another zone', '2026-01-02T02:00:03+02:00', '3'],
  ['after all', '2030-01-01T00:00:00Z', '9'],
])('the first message since a moment %s', async (_, since, found) => {
  const { path, ids } = await groupOf(numbers(10));
  const { body } = await testServer.call('GET', `${path}/since/${encodeURIComponent(since)}`);
  expect(body.meta).toMatchObject({ found_id: ids[Number(found)], next_page_id: null, newer_page_id: null });
  expect(body.data).toHaveLength(10);
});

test('a group without messages has none around any moment', async () => {
  const { path } = await groupOf([]);
  const { body } = await testServer.call('GET', `${path}/since/2026-01-01T00:00:00Z`);
  expect(body).toMatchObject({ data: [], meta: { found_id: null, results: 0 } });
  expect((await testServer.call('GET', `${path}/since/yesterday`)).status).toBe(422);
});

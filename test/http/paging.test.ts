import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { newGroup } from '../../src/domain/thread.ts';
import { newMessage } from '../../src/services/messages/send-message.ts';
import { ensureParticipant, ensureUser } from '../../src/services/users/people.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
beforeAll(async () => {
  testServer = await TestServer.open({}, {}, atEnd);
});

const user = () => {
  const admin = testServer.users.get('admin');
  if (admin === undefined) throw new Error('There is no admin.');
  return admin;
};

const next = async (page: { meta: { next_page_route: string } }) => {
  const { status, body } = await testServer.request(page.meta.next_page_route, {
    headers: testServer.login('admin'),
  });
  expect(status).toBe(200);
  return body;
};

/** Sixty messages of a type in a group of their own, named 1 to 60. */
async function sixty(type: number): Promise<string> {
  const { id } = (await testServer.call('POST', '/groups', { subject: `Sixty of ${type}` })).body;
  const { app } = testServer;
  const thread = await app.store.threads.find(id);
  if (thread === undefined) throw new Error('There is no group.');
  await app.store.transaction(async (transaction) => {
    for (let number = 1; number <= 60; number++) {
      const draft = newMessage(app, {
        thread,
        owner: { type: 'user', ...user() },
        outgoing: { body: `${number}` },
      });
      await transaction.messages.insert({ ...draft, type });
    }
  });
  return id;
}

const bodies = (page: { data: Array<{ body: string }> }) => page.data.map(({ body }) => body);

test.each([
  ['messages', 0],
  ['images', 1],
  ['documents', 2],
  ['audio', 3],
  ['videos', 4],
])('%s go on behind a message that was removed since the page before', async (list, type) => {
  const thread = await sixty(type);
  const first = (await testServer.call('GET', `/threads/${thread}/${list}`)).body;
  expect(bodies(first).at(-1)).toBe('11');
  const edge = first.data.at(-1).id;
  expect((await testServer.call('DELETE', `/threads/${thread}/messages/${edge}`)).status).toBe(204);
  expect(bodies(await next(first)).slice(0, 10)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map(String));
  expect((await testServer.call('GET', `/threads/${thread}/messages/${edge}`)).status).toBe(404);
  expect((await testServer.call('GET', `/threads/${thread}/${list}/page/${newId()}`)).status).toBe(404);
});

test('participants go on behind one who was removed since the page before', async () => {
  const { id } = (await testServer.call('POST', '/groups', { subject: 'Many' })).body;
  const { app } = testServer;
  const thread = await app.store.threads.find(id);
  if (thread === undefined) throw new Error('There is no group.');
  for (let number = 2; number <= 503; number++) {
    await ensureParticipant(app, { thread, user: await ensureUser(app, `Person ${number}`), admin: false });
  }
  const first = (await testServer.call('GET', `/threads/${id}/participants`)).body;
  const edge = first.data.at(-1).id;
  expect((await testServer.call('DELETE', `/threads/${id}/participants/${edge}`)).status).toBe(204);
  const names = (await next(first)).data.map(({ owner }: { owner: { name: string } }) => owner.name);
  expect(names).toEqual(['Person 501', 'Person 502', 'Person 503']);
});

let runs = 0;

/** Every way in which a thread moves in the list of threads, or out of it. */
const moves: Array<[name: string, act: (thread: string) => [method: string, path: string, body?: unknown]]> =
  [
    ['went into the archive', (thread) => ['DELETE', `/threads/${thread}`]],
    ['was left', (thread) => ['POST', `/threads/${thread}/leave`]],
    [
      'has something new',
      (thread) => ['POST', `/threads/${thread}/messages`, { message: 'up', temporary_id: 't' }],
    ],
  ];

test.each(
  moves.flatMap(([name, act]) => (['threads', 'groups'] as const).map((list) => [list, name, act] as const)),
)('%s go on behind one that %s since the page before', async (list, _, act) => {
  const { app } = testServer;
  runs += 1;
  const start = Date.parse(`${2030 + runs}-01-01T00:00:00.000Z`);
  for (let number = 1; number <= 105; number++) {
    const at = new Date(start + number * 1_000).toISOString().replace('Z', '000Z');
    const thread = newGroup(newId(), `Group ${number}`, at);
    await app.store.threads.insert(thread);
    await ensureParticipant(app, { thread, user: user(), admin: true });
  }
  const first = (await testServer.call('GET', `/${list}`)).body;
  expect(first.data.at(-1).name).toBe('Group 6');
  const [method, path, body] = act(first.data.at(-1).id);
  expect((await testServer.call(method, path, body)).status).toBeLessThan(300);
  const names = (await next(first)).data.map(({ name }: { name: string }) => name);
  expect(names.slice(0, 5)).toEqual(['Group 5', 'Group 4', 'Group 3', 'Group 2', 'Group 1']);
});

test('a place in the list that is no time is refused', async () => {
  const answer = await testServer.call('GET', `/threads/page/${testServer.thread.id}?before=yesterday`);
  expect([answer.status, answer.body.errors]).toEqual([
    422,
    { before: ['The before field must be a valid date.'] },
  ]);
});

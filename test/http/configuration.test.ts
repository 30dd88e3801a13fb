import { beforeAll, describe, expect, test } from 'vitest';
import { sendMessage } from '../../src/services/messages/send-message.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
beforeAll(async () => {
  testServer = await TestServer.open(
    {},
    { knocks: { timeout: 7 }, uploads: { enabled: { video: false } } },
    atEnd,
  );
});

test('the configuration has 49 settings under the names of the original', async () => {
  const { status, body } = await testServer.call('GET', '', undefined, 'outsider');
  expect(status).toBe(200);
  expect(Object.keys(body)).toHaveLength(49);
  expect(body).toMatchObject({
    bots: true,
    calling: false,
    knockKnock: true,
    knockTimeout: 7,
    messageReactionsMax: 10,
    messageVideoUpload: false,
    messageImageSizeLimit: 5120,
    messageImageMimeTypes: 'jpg,jpeg,png,bmp,gif,webp',
    threadsIndexCount: 100,
    messagesPageCount: 50,
    apiRateLimit: 1000,
  });
});

describe('a heartbeat', () => {
  const beat = (away: unknown, role: 'admin' | 'manager' = 'admin') =>
    testServer.call('POST', '/heartbeat', { away }, role);

  test('is answered with who one is and what there is to read', async () => {
    const { status, body } = await beat(false);
    expect(status).toBe(200);
    expect(body).toEqual({
      provider: expect.objectContaining({ name: 'Ada', provider_alias: 'user', route: null }),
      active_calls_count: 0,
      online_status: 1,
      online_status_verbose: 'ONLINE',
      unread_threads_count: expect.any(Number),
      pending_friends_count: 0,
      settings: expect.objectContaining({ owner_type: 'users' }),
    });
  });

  test('counts the threads with something new', async () => {
    await sendMessage(testServer.app, {
      threadId: testServer.thread.id,
      sender: await testServer.testGroup.person('Ada'),
      outgoing: { body: 'hi' },
    });
    expect((await beat(false, 'manager')).body.unread_threads_count).toBe(1);
    expect((await beat(false, 'admin')).body.unread_threads_count).toBe(0);
  });

  test.each([
    [true, 2, 'AWAY'],
    ['0', 1, 'ONLINE'],
  ])('with away as %j says %i, %s', async (away, status, verbose) => {
    const { body } = await beat(away);
    expect([body.online_status, body.online_status_verbose]).toEqual([status, verbose]);
  });

  test('holds for the time of the configuration', async () => {
    const { online } = testServer.app;
    const id = testServer.users.get('admin')?.id ?? '';
    await beat(false);
    expect(online.of(id).status).toBe(1);
    testServer.testGroup.clock.advance(4 * 60_000);
    expect(online.of(id)).toMatchObject({ status: 0, lastActive: expect.any(Number) });
  });

  test('asks whether one is away', async () => {
    const { status, body } = await beat(undefined);
    expect({ status, errors: body.errors }).toEqual({
      status: 422,
      errors: { away: ['The away field is required.'] },
    });
  });
});

test('nobody is online where the configuration wants to know of nobody', async () => {
  const off = await TestServer.open({}, { onlineStatus: { enabled: false } }, atEnd);
  const { body } = await off.call('POST', '/heartbeat', { away: false });
  expect(body.online_status_verbose).toBe('OFFLINE');
});

test('names are answered as HTML where the configuration wants them so, and stored as they are', async () => {
  const escaping = await TestServer.open({}, { http: { escapeHtml: true } }, atEnd);
  const name = `<b>"Tom" & 'Co'</b>`;
  const fields = { name, enabled: true, hide_actions: false, cooldown: 0 };
  const { body } = await escaping.call('POST', `/threads/${escaping.thread.id}/bots`, fields);
  expect(body.name).toBe('&lt;b&gt;&quot;Tom&quot; &amp; &#039;Co&#039;&lt;/b&gt;');
  expect((await escaping.app.store.bots.find(body.id))?.name).toBe(name);
});

test('the system is silent where the configuration wants it so', async () => {
  const silent = await TestServer.open({}, { messages: { system: false } }, atEnd);
  const heard = silent.listen('NewBot', 'NewMessage');
  const fields = { name: 'Robbie', enabled: true, hide_actions: false, cooldown: 0 };
  expect((await silent.call('POST', `/threads/${silent.thread.id}/bots`, fields)).status).toBe(201);
  expect(heard).toEqual(['NewBot']);
  expect(await silent.systemMessages()).toEqual([]);
});

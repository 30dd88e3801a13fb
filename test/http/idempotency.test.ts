import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { openHttpServer } from '../../src/http/server.ts';
import { ensureUser, userNamed } from '../../src/services/users/people.ts';
import { makeToken } from '../../src/services/users/tokens.ts';
import { botSource, posting } from '../support/bot-source.ts';
import { endOf, nextMessage, startChild } from '../support/children.ts';
import { samples } from '../support/file-bytes.ts';
import { arrivedAtLatch, openLatch, waitingAtLatchAfter } from '../support/latch.ts';
import { endAfterAll, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';
import { TestGroup } from '../support/test-group.ts';
import { type Answer, type Role, TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;

const packageSource = `
import { PackagedBot } from 'messenger-bots';
import { Echo } from './Echo.ts';
export class Parcel extends PackagedBot {
  static override getSettings() {
    return { alias: 'parcel', description: 'Of a test.', name: 'Parcel' };
  }
  static override installs() {
    return [Echo];
  }
}
`;

/** A handler that may be attached once its latch is open. */
const slow = `
  async authorize() {
    ${waitingAtLatchAfter('slow', '')}
    return true;
  }`;

beforeAll(async () => {
  const any = { settings: "match: 'any'" };
  testServer = await TestServer.open(
    {
      'Echo.ts': botSource('Echo', posting("'echo ' + this.message.body"), any),
      'Slow.ts': botSource('Slow', '', { ...any, members: slow }),
      'Parcel.ts': packageSource,
    },
    { http: { rateLimits: { api: 0, message: 0, attachment: 0 } }, knocks: { timeout: 0 } },
    atEnd,
  );
});

type Body = Record<string, unknown> | (() => FormData);

/** Posts with a key. */
async function post(
  path: string,
  body: Body | undefined,
  key: string,
  role: Role = 'admin',
): Promise<Answer> {
  const isForm = typeof body === 'function';
  return testServer.request(`/api/messenger${path}`, {
    method: 'POST',
    headers: {
      ...testServer.login(role),
      'idempotency-key': `"${key}"`,
      ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: isForm ? body() : JSON.stringify(body) }),
  });
}

const inThread = (rest: string) => `/threads/${testServer.thread.id}/${rest}`;
const messages = () => inThread('messages');
const saying = (message: string) => ({ message, temporary_id: 'tmp' });

const picture =
  (field: string, name = 'cat.png', bytes: Uint8Array = samples.png) =>
  (): FormData => {
    const form = new FormData();
    form.set(field, new Blob([new Uint8Array(bytes)]), name);
    form.set('temporary_id', 'tmp');
    return form;
  };

/** How many rows there are of everything that can be posted. */
async function counted(): Promise<number[]> {
  const { store } = testServer.app;
  const people = ['admin', 'outsider', 'participant'] as const;
  const threads = await Promise.all(
    people.map((role) => store.conversations.countUnread(testServer.users.get(role)?.id ?? '')),
  );
  const bots = await store.bots.inThread(testServer.thread.id);
  const written = await store.messages.newest(testServer.thread.id, 1_000);
  return [written.length, bots.length, bots.flatMap(({ actions }) => actions).length, ...threads];
}

const bot = async (): Promise<string> => (await testServer.testGroup.bot('Robo')).id;
const someMessage = async (): Promise<string> =>
  (await testServer.call('POST', messages(), saying('a message'))).body.id;

describe('what comes again with its key is answered as before and done once', () => {
  test.each<[string, () => Promise<[path: string, body?: Body]> | [path: string, body?: Body]]>([
    ['a text', () => [messages(), saying('once')]],
    ['an image', () => [inThread('images'), picture('image')]],
    ['a document', () => [inThread('documents'), picture('document', 'plan.pdf', samples.pdf)]],
    ['a sound', () => [inThread('audio'), picture('audio', 'song.mp3', samples.mp3)]],
    ['a video', () => [inThread('videos'), picture('video', 'film.mp4', samples.mp4)]],
    ['a reaction', async () => [`${messages()}/${await someMessage()}/reactions`, { reaction: ':joy:' }]],
    ['a group', () => ['/groups', { subject: 'Once' }]],
    ['a bot', () => [inThread('bots'), { name: 'Once', enabled: true, hide_actions: false, cooldown: 0 }]],
    [
      'an action',
      async () => [
        inThread(`bots/${await bot()}/actions`),
        { handler: 'echo', cooldown: 0, admin_only: false, enabled: false },
      ],
    ],
    ['a package', () => [inThread('bots/packages'), { alias: 'parcel' }]],
    ['a picture of a bot', async () => [inThread(`bots/${await bot()}/avatar`), picture('image')]],
    ['a picture of a group', () => [inThread('avatar'), picture('image')]],
    [
      'people',
      async () => [
        inThread('participants'),
        { providers: [{ alias: 'user', id: (await ensureUser(testServer.app, 'Newcomer')).id }] },
      ],
    ],
    ['a knock', () => [inThread('knock-knock')]],
    ['muting', () => [inThread('mute')]],
  ])('%s', async (what, prepare) => {
    const [path, body] = await prepare();
    const first = await post(path, body, what);
    expect(first).toMatchObject({ status: expect.toSatisfy((status: number) => status < 300) });
    const before = await counted();
    const heard = testServer.listen(
      'NewMessage',
      'ReactionAdded',
      'NewBot',
      'NewBotAction',
      'Knock',
      'NewThread',
    );
    const again = await post(path, body, what);
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await counted()).toEqual(before);
    expect(heard).toEqual([]);
  });

  test('leaving, though who has left is not there any more', async () => {
    await testServer.testGroup.person('Oskar');
    const first = await post(inThread('leave'), undefined, 'leave', 'outsider');
    expect(first.status).toBe(200);
    expect(await post(inThread('leave'), undefined, 'leave', 'outsider')).toMatchObject({
      status: 200,
      text: first.text,
    });
    expect(await post(inThread('leave'), undefined, 'other', 'outsider')).toMatchObject({ status: 403 });
  });

  test('however the fields are ordered and the body is written', async () => {
    const first = await post(messages(), { message: 'ordered', temporary_id: 'tmp' }, 'order');
    const ordered = await post(messages(), { temporary_id: 'tmp', message: 'ordered' }, 'order');
    const form = () => {
      const fields = new FormData();
      fields.set('temporary_id', 'tmp');
      fields.set('message', 'ordered');
      return fields;
    };
    expect([ordered.text, (await post(messages(), form, 'order')).text]).toEqual([first.text, first.text]);
  });

  test('bots answer once', async () => {
    const action = await testServer.testGroup.attach('echo', {}, await testServer.testGroup.bot('Echo'));
    await post(messages(), saying('hear me'), 'bots');
    await testServer.app.queue.idle();
    await post(messages(), saying('hear me'), 'bots');
    await testServer.app.queue.idle();
    const written = await testServer.testGroup.written();
    expect(written.filter((line) => line.endsWith('hear me'))).toEqual([
      'Ada: hear me',
      'Echo: echo hear me',
    ]);
    await testServer.call('DELETE', inThread(`bots/${action.botId}`));
  });
});

describe('what is something else', () => {
  test.each<[string, () => Body, () => Body]>([
    ['another text', () => saying('a'), () => saying('b')],
    ['one more field', () => saying('a'), () => ({ ...saying('a'), extra: { a: 1 } })],
    ['another temporary id', () => saying('a'), () => ({ message: 'a', temporary_id: 'other' })],
  ])('%s with the same key is refused', async (what, one, other) => {
    expect((await post(messages(), one(), what)).status).toBe(201);
    const before = await counted();
    expect(await post(messages(), other(), what)).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining(`"${what}" was already used`) },
    });
    expect(await counted()).toEqual(before);
  });

  test.each<[string, () => FormData]>([
    ['other bytes', picture('image', 'cat.png', samples.gif)],
    ['another name', picture('image', 'dog.png')],
  ])('a file of %s with the same key is refused', async (what, other) => {
    expect((await post(inThread('images'), picture('image'), what)).status).toBe(201);
    expect((await post(inThread('images'), other, what)).status).toBe(422);
  });

  test('a field of the query counts', async () => {
    expect((await post(`${messages()}?temporary_id=a`, { message: 'q' }, 'query')).status).toBe(201);
    expect((await post(`${messages()}?temporary_id=b`, { message: 'q' }, 'query')).status).toBe(422);
  });

  test('the key of another person, of another path, and no key at all are new', async () => {
    const ids = [
      await post(messages(), saying('new'), 'shared'),
      await post(messages(), saying('new'), 'shared', 'participant'),
      await testServer.call('POST', messages(), saying('new')),
      await testServer.call('POST', messages(), saying('new')),
    ].map(({ body }) => body.id);
    expect(new Set(ids).size).toBe(4);
    expect((await post('/groups', { subject: 'Shared' }, 'shared')).status).toBe(200);
  });

  test('what is not a POST ignores the header', async () => {
    const headers = { ...testServer.login('admin'), 'idempotency-key': '' };
    expect((await testServer.request(`/api/messenger${messages()}`, { headers })).status).toBe(200);
  });

  test('a key that is none is refused, and nothing is stored', async () => {
    const before = await counted();
    expect(await post(messages(), saying('none'), '')).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('it is empty') },
    });
    expect(await counted()).toEqual(before);
  });

  test('a refused request leaves its key free', async () => {
    expect((await post(messages(), { message: '' }, 'mended')).status).toBe(422);
    expect((await post(messages(), saying('mended'), 'mended')).status).toBe(201);
  });
});

test('one that is under way is not begun twice', async () => {
  const path = inThread(`bots/${await bot()}/actions`);
  const body = { handler: 'slow', cooldown: 0, admin_only: false, enabled: false };
  const first = post(path, body, 'slow');
  await arrivedAtLatch('slow');
  const second = await post(path, body, 'slow');
  expect([second.status, second.headers.get('retry-after')]).toEqual([409, '1']);
  openLatch('slow');
  const { status, text } = await first;
  expect(status).toBe(201);
  expect((await post(path, body, 'slow')).text).toBe(text);
});

test('of ten at once one is done', async () => {
  const before = await counted();
  const all = await Promise.all(Array.from({ length: 10 }, () => post(messages(), saying('ten'), 'ten')));
  const ids = all.filter(({ status }) => status === 201).map(({ body }) => body.id);
  expect(new Set(ids).size).toBe(1);
  expect(all.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
  expect((await counted())[0]).toBe((before[0] ?? 0) + 1);
});

test('a day later the key is new', async () => {
  const first = await post(messages(), saying('daily'), 'daily');
  testServer.testGroup.clock.advance(24 * 60 * 60 * 1000 - 1_000);
  expect((await post(messages(), saying('daily'), 'daily')).body.id).toBe(first.body.id);
  testServer.testGroup.clock.advance(2_000);
  expect((await post(messages(), saying('another day'), 'daily')).status).toBe(201);
});

test('the documentation tells of the header, where it counts', async () => {
  const { body } = await testServer.request('/api/messenger/openapi.json');
  const headers = (path: string, method: string) =>
    (body.paths[`/api/messenger${path}`][method].parameters ?? [])
      .filter((one: { in: string }) => one.in === 'header')
      .map((one: { name: string; required?: boolean }) => [one.name, one.required ?? false]);
  expect(headers('/threads/{thread}/messages', 'post')).toEqual([['idempotency-key', false]]);
  expect(headers('/threads/{thread}/images', 'post')).toEqual([['idempotency-key', false]]);
  expect(headers('/threads/{thread}/messages', 'get')).toEqual([]);
  expect(headers('/heartbeat', 'post')).toEqual([]);
});

describe('a process that is killed between storing and answering', () => {
  /** A group that a server in a process of its own serves, until something happens there. */
  async function dying(event: string, name = 'Ada') {
    const folder = temporaryFolder(onTestFinished);
    writeFiles(folder, { 'messenger.config.mjs': 'export default { bots: { enabled: true } };' });
    const testGroup = await TestGroup.in(folder, 'Lounge');
    const { token } = await makeToken(testGroup.app, name);
    await testGroup.app.store.invites.insert({
      id: newId(),
      threadId: testGroup.thread.id,
      owner: { type: 'user', id: (await userNamed(testGroup.app, 'Ada')).id },
      code: 'ONCE',
      maxUse: 1,
      uses: 0,
      expiresAt: null,
      createdAt: testGroup.clock.now(),
    });
    await testGroup.app.close();
    const child = startChild('dying-server', [folder, event]);
    const url = await nextMessage(child);
    const ask = (server: unknown, path: string, body: unknown) =>
      fetch(`${server}/api/messenger${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': 'deadly',
        },
        body: JSON.stringify(body),
      });
    return {
      testGroup,
      /** Sends it to the one that dies. */
      async sendInVain(path: string, body: unknown) {
        await expect(ask(url, path, body)).rejects.toThrow();
        await endOf(child);
      },
      /** Sends it to one that was started afterwards. */
      async sendAgain(path: string, body: unknown) {
        await testGroup.restart();
        const server = await openHttpServer(testGroup.app, { port: 0 });
        try {
          const response = await ask(server.url, path, body);
          const answer: Record<string, unknown> = JSON.parse(await response.text());
          return { status: response.status, body: answer };
        } finally {
          await server.close();
        }
      },
    };
  }

  test('a message is there once, and is answered', async () => {
    const { testGroup, sendInVain, sendAgain } = await dying('NewMessage');
    const path = `/threads/${testGroup.thread.id}/messages`;
    await sendInVain(path, saying('survivor'));
    const { status, body } = await sendAgain(path, saying('survivor'));
    const texts = await testGroup.texts();
    expect(texts.map(({ id, body: text }) => [id, text])).toEqual([[body.id, 'survivor']]);
    expect([status, body.temporary_id]).toEqual([201, 'tmp']);
    expect((await sendAgain(path, saying('survivor'))).body).toEqual(body);
    expect((await sendAgain(path, saying('other'))).status).toBe(422);
  });

  test('so is a group', async () => {
    const { testGroup, sendInVain, sendAgain } = await dying('NewThread');
    await sendInVain('/groups', { subject: 'Survivors' });
    const { status, body } = await sendAgain('/groups', { subject: 'Survivors' });
    const groups = await testGroup.app.store.threads.findGroups('Survivors');
    expect([status, groups.map(({ id }) => id)]).toEqual([200, [body.id]]);
  });

  test('leaving is done once', async () => {
    const { testGroup, sendInVain, sendAgain } = await dying('ThreadLeft');
    const path = `/threads/${testGroup.thread.id}/leave`;
    await sendInVain(path, {});
    expect((await sendAgain(path, {})).status).toBe(200);
  });

  test('what cannot be asked for any more is told to be done', async () => {
    const { testGroup, sendInVain, sendAgain } = await dying('InviteUsed', 'Oskar');
    await sendInVain('/join/ONCE', {});
    expect(await sendAgain('/join/ONCE', {})).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('was done, but its answer was lost') },
    });
    const { id } = await userNamed(testGroup.app, 'Oskar');
    expect(await testGroup.app.store.participants.find(testGroup.thread.id, id)).toBeDefined();
  });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { type Role, TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
beforeAll(async () => {
  testServer = await TestServer.open({}, { http: { rateLimits: { message: 0 } } }, atEnd);
});

const keys = [
  ...['body', 'created_at', 'edited', 'embeds', 'extra', 'from_bot', 'id', 'meta', 'owner', 'owner_id'],
  ...['owner_type', 'reacted', 'system_message', 'thread_id', 'type', 'type_verbose', 'updated_at'],
];
const messages = () => `/threads/${testServer.thread.id}/messages`;

/** Sends a message; gives it as it was answered. */
const send = async (body: object = {}, role: Role = 'admin') =>
  (await testServer.call('POST', messages(), { message: 'Hello', temporary_id: 'tmp', ...body }, role)).body;
const read = async (id: string) => (await testServer.call('GET', `${messages()}/${id}`)).body;

describe('sending a text', () => {
  test('answers it with its temporary id; read again it has none, and shows links', async () => {
    const next = testServer.testGroup.next('NewMessage');
    const { status, body } = await testServer.call('POST', messages(), {
      message: ' <b>Hi</b> 😀 :joy: ',
      temporary_id: 'abc',
      extra: { a: [1] },
    });
    expect(status).toBe(201);
    expect(Object.keys(body).sort()).toEqual([...keys, 'temporary_id'].sort());
    expect(body).toMatchObject({
      thread_id: testServer.thread.id,
      owner_type: 'users',
      type: 0,
      type_verbose: 'MESSAGE',
      system_message: false,
      from_bot: false,
      body: '<b>Hi</b> 😀 :joy:',
      edited: false,
      reacted: false,
      embeds: false,
      extra: { a: [1] },
      temporary_id: 'abc',
      owner: { name: 'Ada', provider_alias: 'user' },
    });
    expect(body.meta).toEqual({
      thread_id: testServer.thread.id,
      thread_type: 2,
      thread_type_verbose: 'GROUP',
      thread_name: 'Lounge',
      thread_avatar: expect.objectContaining({ sm: expect.stringMatching(/\/avatar\/sm\/default\.png$/) }),
    });
    const { temporary_id: _, ...kept } = body;
    expect(await read(body.id)).toEqual({ ...kept, embeds: true });
    expect(await next).toMatchObject({ temporaryId: 'abc', silent: false, message: { id: body.id } });
  });

  test('is read by its sender, unread by the others, and brings the thread to the front', async () => {
    await send();
    const state = async (role: Role) =>
      (await testServer.call('GET', `/threads/${testServer.thread.id}/is-unread`, undefined, role)).body;
    expect(await state('admin')).toEqual({ unread: false });
    expect(await state('participant')).toEqual({ unread: true });
    const count = await testServer.call('GET', '/unread-threads-count', undefined, 'participant');
    expect(count.body).toEqual({ unread_threads_count: 1 });
    const marked = testServer.testGroup.next('ThreadRead');
    const read = await testServer.call(
      'GET',
      `/threads/${testServer.thread.id}/mark-read`,
      undefined,
      'participant',
    );
    expect([read.status, read.body]).toEqual([200, { message: 'success' }]);
    expect((await marked).participant.userId).toBe(testServer.users.get('participant')?.id);
    expect(await state('participant')).toEqual({ unread: false });
  });

  test.each([
    [{ message: '' }, { message: ['The message field is required.'] }],
    [{ message: 7 }, { message: ['The message field must be a string.'] }],
    [
      { message: 'x'.repeat(5001) },
      { message: ['The message field must not be greater than 5000 characters.'] },
    ],
    [{ temporary_id: null }, { temporary_id: ['The temporary id field is required.'] }],
    [
      { temporary_id: 'x'.repeat(256) },
      { temporary_id: ['The temporary id field must not be greater than 255 characters.'] },
    ],
    [{ reply_to_id: 'nope' }, { reply_to_id: ['The reply to id field must be a valid UUID.'] }],
    [{ extra: 'nope' }, { extra: ['The extra field must be an array.'] }],
    [{ extra: 5 }, { extra: ['The extra field must be an array.'] }],
    [{ extra: '5' }, { extra: ['The extra field must be an array.'] }],
    [{ extra: '['.repeat(50_000) }, { extra: ['The extra field must be an array.'] }],
  ])('refuses %j', async (wrong, errors) => {
    const { status, body } = await testServer.call('POST', messages(), {
      message: 'Hi',
      temporary_id: 't',
      ...wrong,
    });
    expect([status, body.errors]).toEqual([422, errors]);
  });

  test.each([
    ['{"a":1}', { a: 1 }],
    ['[1,2]', [1, 2]],
    [[], []],
    ['', null],
    [null, null],
  ])('keeps extra %j as %j', async (extra, kept) => {
    expect((await send({ extra })).extra).toEqual(kept);
  });

  test('answers another message of the thread, and nothing else', async () => {
    const first = await send({ message: 'Question?' }, 'participant');
    const reply = await send({ message: 'Answer.', reply_to_id: first.id });
    expect(reply).toMatchObject({ reply_to_id: first.id, reply_to: { id: first.id, body: 'Question?' } });
    await testServer.call('DELETE', `${messages()}/${first.id}`);
    expect(await read(reply.id)).toMatchObject({ reply_to_id: first.id, reply_to: null });
    const [log] = (await testServer.call('GET', `/threads/${testServer.thread.id}/logs`)).body.data;
    for (const wrong of [newId(), first.id, log?.id ?? newId()]) {
      expect(await send({ reply_to_id: wrong })).not.toHaveProperty('reply_to_id');
    }
  });

  test('is limited by the minute where the configuration says so', async () => {
    const limited = await TestServer.open({}, { http: { rateLimits: { message: 2 } } }, atEnd);
    const post = () =>
      limited.call('POST', `/threads/${limited.thread.id}/messages`, { message: 'Hi', temporary_id: 't' });
    expect((await post()).headers.get('x-ratelimit-remaining')).toBe('1');
    await post();
    const { status, body, headers } = await post();
    expect([status, body, headers.get('x-ratelimit-limit')]).toEqual([
      429,
      { message: 'Too Many Attempts.' },
      '2',
    ]);
  });
});

describe('lists of messages', () => {
  test('are newest first, and full first pages claim a next one', async () => {
    const { id } = (await testServer.call('POST', '/groups', { subject: 'Pages' })).body;
    const list = `/threads/${id}/messages`;
    for (let number = 1; number < 50; number++) {
      await testServer.call('POST', list, { message: `${number}`, temporary_id: 't' });
    }
    const first = (await testServer.call('GET', list)).body;
    expect(first.data.map(({ body }: { body: string }) => body).slice(0, 2)).toEqual(['49', '48']);
    const oldest = first.data.at(-1).id;
    expect(first.meta).toEqual({
      index: true,
      page_id: null,
      next_page_id: oldest,
      next_page_route: `/api/messenger${list}/page/${oldest}`,
      final_page: false,
      per_page: 50,
      results: 50,
      total: 50,
    });
    const next = (
      await testServer.request(first.meta.next_page_route, { headers: testServer.login('admin') })
    ).body;
    expect(next).toEqual({
      data: [],
      meta: {
        index: false,
        page_id: oldest,
        next_page_id: null,
        next_page_route: null,
        final_page: true,
        per_page: 50,
        results: 0,
        total: 50,
      },
    });
    const logs = (await testServer.call('GET', `/threads/${id}/logs`)).body;
    expect([logs.data.length, logs.meta.total]).toEqual([1, 1]);
  });
});

describe('editing', () => {
  test('changes the text and keeps what it was', async () => {
    const { id } = await send({ message: 'One' });
    const heard = testServer.listen('MessageEdited');
    const { status, body } = await testServer.call('PUT', `${messages()}/${id}`, { message: 'Two' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      body: 'Two',
      edited: true,
      edited_history_route: `/api/messenger${messages()}/${id}/history`,
    });
    await testServer.call('PUT', `${messages()}/${id}`, { message: 'Two' });
    expect(heard).toEqual(['MessageEdited']);
    const history = await testServer.request(body.edited_history_route, {
      headers: testServer.login('participant'),
    });
    expect(history.body).toEqual([{ body: 'One', edited_at: body.updated_at }]);
  });

  test.each<[string, Role, object]>([
    ['what somebody else wrote', 'participant', { message: 'Mine' }],
    ['what one wrote oneself, as somebody else', 'outsider', { message: 'Mine' }],
  ])('is not for others: %s', async (_, role, change) => {
    const { id } = await send();
    const { status, body } = await testServer.call('PUT', `${messages()}/${id}`, change, role);
    expect([status, body.message]).toEqual([403, 'Not authorized to edit message.']);
  });

  test('leaves a message without history alone', async () => {
    const { id } = await send();
    const { status, body } = await testServer.call('GET', `${messages()}/${id}/history`);
    expect([status, body.message]).toEqual([403, 'Not authorized to view message edits.']);
  });
});

describe('removing', () => {
  test("is for one's own, and for admins; the system's stay", async () => {
    const [own, other] = [await send({}, 'participant'), await send({}, 'participant')];
    const heard = testServer.listen('MessageArchived');
    const remove = (id: string, role: Role) =>
      testServer.call('DELETE', `${messages()}/${id}`, undefined, role);
    expect((await remove(own.id, 'manager')).body.message).toBe('Not authorized to remove message.');
    expect((await remove(own.id, 'participant')).status).toBe(204);
    expect((await remove(other.id, 'admin')).status).toBe(204);
    expect((await remove(other.id, 'admin')).body.message).toBe(
      'Unable to locate the message you requested.',
    );
    expect(heard).toEqual(['MessageArchived', 'MessageArchived']);
    await testServer.call('PUT', `/threads/${testServer.thread.id}/settings`, {
      subject: 'Lounge 2',
      ...{ add_participants: true, messaging: true, knocks: true, invitations: true, chat_bots: true },
    });
    const [log] = (await testServer.call('GET', `/threads/${testServer.thread.id}/logs`)).body.data;
    expect((await remove(log.id, 'admin')).status).toBe(403);
  });
});

test('a text is as long as people count it', async () => {
  const send = (message: string) => testServer.call('POST', messages(), { message, temporary_id: '1' });
  const wave = '👋';
  const refused = await send(wave.repeat(5_001));
  expect((await send(wave.repeat(5_000))).status).toBe(201);
  expect([refused.status, refused.body.errors]).toEqual([
    422,
    { message: ['The message field must not be greater than 5000 characters.'] },
  ]);
});

describe('reactions', () => {
  const react = (id: string, reaction: unknown, role: Role = 'admin') =>
    testServer.call('POST', `${messages()}/${id}/reactions`, { reaction }, role);

  test.each([
    ['😂', ':joy:'],
    ['so :joy: and :wave:', ':joy:'],
    [':)', ':slight_smile:'],
  ])('%s is %s', async (text, reaction) => {
    const { id } = await send();
    const { status, body } = await react(id, text);
    expect(status).toBe(201);
    expect(Object.keys(body).sort()).toEqual([
      ...['created_at', 'id', 'message_id', 'owner', 'owner_id', 'owner_type', 'reaction'],
    ]);
    expect(body).toMatchObject({ reaction, message_id: id, owner: { name: 'Ada' } });
  });

  test('are shown by their emoji, with the message and by themselves', async () => {
    const { id } = await send();
    const [one, two] = [await react(id, '😂'), await react(id, ':joy:', 'participant')];
    await react(id, '👍');
    const { body } = await testServer.call('GET', `${messages()}/${id}/reactions`);
    expect(body).toMatchObject({
      data: { ':joy:': [{ id: one.body.id }, { id: two.body.id }], ':thumbsup:': [{}] },
      meta: { total: 3, total_unique: 2 },
    });
    expect(await read(id)).toMatchObject({ reacted: true, reactions: body });
  });

  test.each([
    [undefined, ['The reaction field is required.']],
    ['no emoji', ['The reaction must contain a valid emoji.']],
    [['😂'], ['The reaction field must be a string.', 'The reaction must contain a valid emoji.']],
    [1, ['The reaction field must be a string.', 'The reaction must contain a valid emoji.']],
  ])('%j is none', async (reaction, sentences) => {
    const { id } = await send();
    const { status, body } = await react(id, reaction);
    expect([status, body.errors]).toEqual([422, { reaction: sentences }]);
  });

  test('are used once by each, and are ten different ones at most', async () => {
    const { id } = await send();
    for (const emoji of ['😀', '😁', '😂', '🤣', '😃', '😄', '😅', '😆', '😉', '😊']) await react(id, emoji);
    const [again, more] = [await react(id, '😀'), await react(id, '👍')];
    expect([again.status, again.body.message]).toEqual([403, 'You have already used that reaction.']);
    expect([more.status, more.body.message]).toEqual([
      403,
      'We appreciate the enthusiasm, but there are already too many reactions on this message.',
    ]);
    expect((await react(id, '😀', 'participant')).status).toBe(201);
  });

  test('are taken back by whoever gave them, and by admins', async () => {
    const { id } = await send();
    const { body: reaction } = await react(id, '😂', 'participant');
    const path = `${messages()}/${id}/reactions/${reaction.id}`;
    const removed = testServer.testGroup.next('ReactionRemoved');
    expect((await testServer.call('DELETE', path, undefined, 'manager')).body.message).toBe(
      'Not authorized to remove reaction.',
    );
    expect((await testServer.call('DELETE', path)).status).toBe(204);
    expect((await removed).reaction.id).toBe(reaction.id);
    expect((await testServer.call('DELETE', path)).body.message).toBe(
      'Unable to locate the message reaction you requested.',
    );
  });
});

describe('knocking', () => {
  test('is heard once in five minutes by the whole group', async () => {
    const knock = (role: Role) =>
      testServer.call('POST', `/threads/${testServer.thread.id}/knock-knock`, undefined, role);
    expect((await knock('participant')).body.message).toBe('Not authorized to knock.');
    const heard = testServer.listen('Knock');
    expect((await knock('admin')).body).toEqual({ message: 'success' });
    const { status, body } = await knock('admin');
    expect(status).toBe(429);
    expect(body.message).toMatch(/^You can't knock at Lounge.* for another 300 seconds\.$/);
    expect(heard).toEqual(['Knock']);
  });
});

describe('HTML', () => {
  test('is escaped where the configuration says so, in answers only', async () => {
    const escaping = await TestServer.open({}, { http: { escapeHtml: true } }, atEnd);
    const list = `/threads/${escaping.thread.id}/messages`;
    const body = { message: `<a href="x">'&'</a>`, temporary_id: 't' };
    const answer = (await escaping.call('POST', list, body)).body;
    expect(answer.body).toBe('&lt;a href=&quot;x&quot;&gt;&#039;&amp;&#039;&lt;/a&gt;');
    expect((await escaping.app.store.messages.find(answer.id))?.body).toBe(body.message);
  });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { newGroup } from '../../src/domain/thread.ts';
import { ensureParticipant } from '../../src/services/users/people.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { type Role, TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
beforeAll(async () => {
  testServer = await TestServer.open({}, {}, atEnd);
});

const idOf = (role: Role) => testServer.users.get(role)?.id ?? '';
const person = (role: Role) => ({ alias: 'user', id: idOf(role) });

const listedKeys = [
  ...['avatar', 'created_at', 'group', 'has_call', 'id', 'locked', 'name', 'options', 'pending', 'resources'],
  ...['type', 'type_verbose', 'unread', 'unread_count', 'updated_at'],
];
const threadKeys = [...listedKeys, 'system_features'].sort();
const settingsKeys = [
  ...['add_participants', 'avatar', 'calling', 'chat_bots', 'invitations', 'knocks', 'messaging', 'name'],
  'system_features',
];

/** Makes a group with the admin in it, and others. */
async function group(subject: string, ...others: Role[]) {
  return (await testServer.call('POST', '/groups', { subject, providers: others.map(person) })).body;
}

describe('making a group', () => {
  test('answers it with its first message, bots off, and the caller as admin', async () => {
    const heard = testServer.listen('NewMessage', 'NewThread', 'ParticipantsAdded');
    const { status, body } = await testServer.call('POST', '/groups', {
      subject: ' Chess ',
      providers: [person('participant'), person('outsider'), { alias: 'user', id: newId() }],
    });
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(threadKeys);
    expect(body).toMatchObject({
      type: 2,
      type_verbose: 'GROUP',
      has_call: false,
      locked: false,
      pending: false,
      name: 'Chess',
      group: true,
      unread: true,
      unread_count: 1,
      options: {
        admin: true,
        manage_bots: false,
        chat_bots: false,
        muted: false,
        add_participants: true,
        invitations: true,
        call: false,
        message: true,
        knock: true,
      },
      resources: { latest_message: { type: 93, type_verbose: 'GROUP_CREATED', body: 'created Chess' } },
      avatar: { sm: `/messenger/assets/threads/${body.id}/avatar/sm/default.png` },
    });
    const logs = (await testServer.call('GET', `/threads/${body.id}/logs`)).body.data;
    expect(logs.map(({ type, body: text }: { type: number; body: string }) => [type, text])).toEqual([
      [99, 'added Paula and Oskar'],
      [93, 'created Chess'],
    ]);
    expect(heard).toEqual(['NewMessage', 'NewThread', 'NewMessage', 'ParticipantsAdded']);
  });

  test.each([
    [{}, { subject: ['The subject field is required.'] }],
    [{ subject: '   ' }, { subject: ['The subject field is required.'] }],
    [{ subject: 'x' }, { subject: ['The subject field must be at least 2 characters.'] }],
    [
      { subject: 'x'.repeat(256) },
      { subject: ['The subject field must not be greater than 255 characters.'] },
    ],
    [{ subject: ['a', 'b'] }, { subject: ['The subject field must be a string.'] }],
    [{ subject: 'Chess', providers: 'Ada' }, { providers: ['The providers field must be an array.'] }],
  ])('refuses %j', async (body, errors) => {
    const answer = await testServer.call('POST', '/groups', body);
    expect([answer.status, answer.body.errors]).toEqual([422, errors]);
  });
});

describe('people who are named wrongly', () => {
  const missing = (index: number, name: string) => ({
    [`providers.${index}.${name}`]: [
      `The providers.${index}.${name} field is required when providers is present.`,
    ],
  });
  const both = { ...missing(0, 'alias'), ...missing(0, 'id') };

  test.each([
    [[{}], both],
    [[null], both],
    [[''], both],
    [[[]], both],
    [['Ada'], both],
    [[5], both],
    [[{ alias: null, id: null }], both],
    [[{ alias: '', id: ' ' }], both],
    [[{ alias: [], id: [] }], both],
    [[{ alias: 'user' }], missing(0, 'id')],
    [[{ id: 1 }], missing(0, 'alias')],
    [[{ alias: 'user', id: 1 }, {}], { ...missing(1, 'alias'), ...missing(1, 'id') }],
    [[{ alias: 5, id: 1 }], { 'providers.0.alias': ['The providers.0.alias field must be a string.'] }],
  ])('are told of one by one, in a new group and in one that is there: %j', async (providers, errors) => {
    for (const path of ['/groups', `/threads/${testServer.thread.id}/participants`]) {
      const answer = await testServer.call('POST', path, { subject: 'Chess', providers });
      expect([answer.status, answer.body.errors]).toEqual([422, errors]);
    }
  });
});

describe('lists', () => {
  test('have the newest activity first, groups and threads alike, with what the configuration allows', async () => {
    const [older, newer] = [await group('Older'), await group('Newer')];
    await testServer.call('POST', `/threads/${older.id}/messages`, { message: 'up', temporary_id: 't' });
    for (const list of ['threads', 'groups']) {
      const { status, body } = await testServer.call('GET', `/${list}`);
      expect(status).toBe(200);
      expect(Object.keys(body).sort()).toEqual(['data', 'meta', 'system_features']);
      expect(body.data.slice(0, 2).map(({ id }: { id: string }) => id)).toEqual([older.id, newer.id]);
      expect(Object.keys(body.data[0]).sort()).toEqual(listedKeys);
      expect(body.meta).toMatchObject({ index: true, page_id: null, final_page: true, per_page: 100 });
      const page = await testServer.call('GET', `/${list}/page/${older.id}`);
      expect(page.body.data[0].id).toBe(newer.id);
      expect(page.body.meta).toMatchObject({ index: false, page_id: older.id, per_page: 25 });
    }
  });

  test('have only the threads one is in', async () => {
    const mine = await group('Mine alone');
    const { body } = await testServer.call('GET', '/threads', undefined, 'outsider');
    expect(body.data.map(({ id }: { id: string }) => id)).not.toContain(mine.id);
  });
});

describe('a thread', () => {
  test('is shown to its people, as each of them is in it', async () => {
    const { id } = await group('Shown', 'participant');
    const { status, body } = await testServer.call('GET', `/threads/${id}`, undefined, 'participant');
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(threadKeys);
    expect(body.options).toEqual({
      admin: false,
      manage_bots: false,
      chat_bots: false,
      muted: false,
      add_participants: false,
      invitations: false,
      call: false,
      message: true,
      knock: false,
    });
  });

  test('is loaded with its people and messages, and is read by that', async () => {
    const { id } = await group('Loaded', 'participant');
    const reads = testServer.listen('ThreadRead');
    const { status, body } = await testServer.call('GET', `/threads/${id}/load`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ unread: false, unread_count: 0 });
    expect(body.resources.participants).toMatchObject({
      data: [{ admin: true }, { admin: false }],
      meta: { per_page: 500, total: 2 },
    });
    expect(body.resources.messages).toMatchObject({
      data: [{ type: 99 }, { type: 93 }],
      meta: { per_page: 50 },
    });
    expect(reads).toEqual(['ThreadRead']);
  });

  test.each([
    ['messages|participants', ['participants', 'messages', 'latest_message'], []],
    ['messages%7Cmark-read', ['messages', 'latest_message'], ['ThreadRead']],
    ['calls', ['latest_message'], []],
  ])('is loaded with what is asked for: %s', async (asked, resources, told) => {
    const { id } = await group('Asked', 'participant');
    const reads = testServer.listen('ThreadRead');
    const { status, body } = await testServer.call('GET', `/threads/${id}/load/${asked}`);
    expect(status).toBe(200);
    expect(Object.keys(body.resources)).toEqual(resources);
    expect(body.unread).toBe(told.length === 0);
    expect(reads).toEqual(told);
  });

  test('that is archived is there no more', async () => {
    const { id } = await group('Archived', 'participant');
    const heard = testServer.listen('NewMessage', 'ThreadArchived');
    expect((await testServer.call('DELETE', `/threads/${id}`, undefined, 'participant')).body).toEqual({
      message: 'Not authorized to delete thread.',
    });
    const { status, text } = await testServer.call('DELETE', `/threads/${id}`);
    expect([status, text]).toEqual([204, '']);
    expect(heard).toEqual(['NewMessage', 'ThreadArchived']);
    const gone = await testServer.call('GET', `/threads/${id}`);
    expect([gone.status, gone.body]).toEqual([
      404,
      { message: 'Unable to locate the thread you requested.' },
    ]);
  });
});

describe('settings', () => {
  const all = {
    subject: 'Renamed',
    add_participants: true,
    messaging: true,
    knocks: false,
    invitations: true,
    chat_bots: true,
  };

  test('are shown to admins', async () => {
    const { id } = await group('Settings');
    const { status, body } = await testServer.call('GET', `/threads/${id}/settings`);
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(settingsKeys);
  });

  test('are changed, and told of once', async () => {
    const { id } = await group('Before');
    const heard = testServer.listen('NewMessage', 'ThreadSettings');
    const { status, body } = await testServer.call('PUT', `/threads/${id}/settings`, all);
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: 'Renamed', knocks: false, chat_bots: true, calling: true });
    await testServer.call('PUT', `/threads/${id}/settings`, all);
    expect(heard).toEqual(['NewMessage', 'ThreadSettings']);
    const { data } = (await testServer.call('GET', `/threads/${id}/logs`)).body;
    expect(data[0]).toMatchObject({ type: 94, body: 'renamed the group to Renamed' });
  });

  test('that are changed without a new name leave the thread where it is', async () => {
    const { id, updated_at: before } = await group('Renamed');
    await testServer.call('PUT', `/threads/${id}/settings`, all);
    expect((await testServer.call('GET', `/threads/${id}`)).body.updated_at).toBe(before);
  });

  test('are all asked for, but those of what is off', async () => {
    const { id } = await group('Asked');
    const { status, body } = await testServer.call('PUT', `/threads/${id}/settings`, {});
    expect(status).toBe(422);
    expect(body.errors).toEqual({
      subject: ['The subject field is required.'],
      add_participants: ['The add participants field is required.'],
      messaging: ['The messaging field is required.'],
      knocks: ['The knocks field is required.'],
      invitations: ['The invitations field is required.'],
      chat_bots: ['The chat bots field is required.'],
    });
    expect(body.message).toBe('The subject field is required. (and 5 more errors)');
  });
});

describe('a search for threads', () => {
  const found = async (text: string, as: Role = 'admin') => {
    const { body } = await testServer.call(
      'GET',
      `/threads/search?q=${encodeURIComponent(text)}`,
      undefined,
      as,
    );
    return body.data.map(({ name }: { name: string }) => name);
  };

  test('finds what contains the text, the one with this very name first', async () => {
    for (const name of ['g005', 'g0055', 'a G005 b', '100%']) await group(name);
    expect(await found('g005')).toEqual(['g005', 'a G005 b', 'g0055']);
    expect(await found('%')).toEqual(['100%']);
    expect(await found('g005', 'outsider')).toEqual([]);
  });

  test('finds a private thread by the name of the other person', async () => {
    const { app, users } = testServer;
    const [admin, outsider] = [users.get('admin'), users.get('outsider')];
    if (!admin || !outsider) throw new Error('The people are missing.');
    const draft = newGroup(newId(), 'none', app.clock.now());
    const thread = { ...draft, kind: 'private' as const, subject: null };
    await app.store.threads.insert(thread);
    for (const user of [admin, outsider]) await ensureParticipant(app, { thread, user, admin: false });
    expect(await found(outsider.name.toUpperCase())).toEqual([outsider.name]);
    expect(await found(admin.name, 'outsider')).toEqual([admin.name]);
  });

  test.each(['', 'x'.repeat(256)])('for %j is rejected', async (text) => {
    const { status, body } = await testServer.call('GET', `/threads/search?q=${text}`);
    expect([status, Object.keys(body.errors)]).toEqual([422, ['q']]);
  });
});

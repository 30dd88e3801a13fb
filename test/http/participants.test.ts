import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { type Role, TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
beforeAll(async () => {
  testServer = await TestServer.open({}, { calling: { enabled: true } }, atEnd);
});

const keys = [
  ...['add_participants', 'admin', 'created_at', 'id', 'last_read', 'manage_bots', 'manage_invites', 'owner'],
  ...['owner_id', 'owner_type', 'pending', 'send_knocks', 'send_messages', 'start_calls', 'thread_id'],
  'updated_at',
];
const permissions = {
  send_messages: true,
  add_participants: false,
  start_calls: false,
  send_knocks: false,
  manage_invites: false,
  manage_bots: false,
};
const all = Object.fromEntries(Object.keys(permissions).map((name) => [name, true]));

const idOf = (role: Role) => testServer.users.get(role)?.id ?? '';
const person = (role: Role) => ({ alias: 'user', id: idOf(role) });

/** A group of the admin and others; gives its path and its participants by role. */
async function group(...others: Role[]) {
  const { id } = (
    await testServer.call('POST', '/groups', { subject: 'Team', providers: others.map(person) })
  ).body;
  const path = `/threads/${id}/participants`;
  const { data } = (await testServer.call('GET', path)).body;
  const of = (role: Role): string => data.find((one: { owner_id: string }) => one.owner_id === idOf(role)).id;
  const logs = async (): Promise<string> =>
    (await testServer.call('GET', `/threads/${id}/logs`)).body.data[0].body;
  return { id, path, of, logs };
}

describe('the people of a thread', () => {
  test('are listed oldest first, with what they may do, what they have read and who they are', async () => {
    const { id, path } = await group('participant');
    await testServer.call('GET', `/threads/${id}/mark-read`);
    const { status, body } = await testServer.call('GET', path);
    expect(status).toBe(200);
    const [ada, paula] = body.data;
    expect(Object.keys(ada).sort()).toEqual(keys);
    expect(ada).toMatchObject({ ...all, admin: true, pending: false, thread_id: id });
    expect(ada.last_read).toEqual({ time: expect.any(String), message_id: expect.any(String) });
    expect(paula).toMatchObject({
      ...permissions,
      admin: false,
      last_read: { time: null, message_id: null },
    });
    expect(paula.owner).toMatchObject({
      name: 'Paula',
      provider_alias: 'user',
      options: { online_status: 0, online_status_verbose: 'OFFLINE', last_active: null },
    });
    expect(body.meta).toMatchObject({ per_page: 500, results: 2, total: 2, final_page: true });
    const page = (await testServer.call('GET', `${path}/page/${ada.id}`)).body;
    expect(page.data).toMatchObject([{ id: paula.id }]);
    expect(page.meta).toMatchObject({ index: false, page_id: ada.id, per_page: 50, final_page: true });
    expect((await testServer.call('GET', `${path}/${paula.id}`)).body).toEqual(paula);
  });

  test('of another thread are not located', async () => {
    const [one, other] = [await group('participant'), await group()];
    const { status, body } = await testServer.call('GET', `${other.path}/${one.of('participant')}`);
    expect([status, body]).toEqual([404, { message: 'Unable to locate the participant you requested.' }]);
  });
});

describe('adding people', () => {
  test('answers the new ones as bare records; who is unknown, no person or there is passed over', async () => {
    const { path, logs } = await group('participant');
    const heard = testServer.listen('NewMessage', 'ParticipantsAdded');
    const providers = [
      person('participant'),
      person('outsider'),
      { alias: 'bot', id: idOf('manager') },
      { alias: 'user', id: newId() },
      person('outsider'),
    ];
    const { status, body } = await testServer.call('POST', path, { providers });
    expect(status).toBe(200);
    expect(body).toHaveLength(1);
    expect(body[0]).toMatchObject({ ...permissions, owner_id: idOf('outsider'), owner_type: 'users' });
    expect(body[0]).not.toHaveProperty('owner');
    expect(await logs()).toBe('added Oskar');
    expect(heard).toEqual(['NewMessage', 'ParticipantsAdded']);
  });

  test('that adds nobody tells nobody', async () => {
    const { path } = await group('participant');
    const heard = testServer.listen('NewMessage', 'ParticipantsAdded');
    const { status, body } = await testServer.call('POST', path, { providers: [person('participant')] });
    expect([status, body, heard]).toEqual([200, [], []]);
  });

  test.each([{}, { providers: [] }, { providers: null }])('needs somebody: %j', async (sent) => {
    const { path } = await group();
    const { status, body } = await testServer.call('POST', path, sent);
    expect([status, body.errors]).toEqual([422, { providers: ['The providers field is required.'] }]);
  });

  test('brings back whoever was removed as who they were, as if they were new', async () => {
    const { path, of } = await group('participant');
    const id = of('participant');
    await testServer.call('PUT', `${path}/${id}`, all);
    await testServer.call('DELETE', `${path}/${id}`);
    expect((await testServer.call('GET', path, undefined, 'participant')).status).toBe(403);
    const { body } = await testServer.call('POST', path, { providers: [person('participant')] });
    expect(body).toMatchObject([{ id, ...permissions, admin: false }]);
    expect((await testServer.call('GET', path, undefined, 'participant')).body.meta.total).toBe(2);
  });

  test('offers everybody who is not in the group', async () => {
    const { id } = await group('participant');
    const { body } = await testServer.call('GET', `/threads/${id}/add-participants`);
    const names = body.map(({ party }: { party: { name: string } }) => party.name);
    expect(names).toContain('Oskar');
    expect(names).not.toContain('Paula');
  });
});

describe('what somebody may do', () => {
  test('is changed, and told of once', async () => {
    const { path, of } = await group('participant');
    const heard = testServer.listen('ParticipantPermissions', 'NewMessage');
    const change = { ...permissions, send_knocks: true };
    const { status, body } = await testServer.call('PUT', `${path}/${of('participant')}`, change);
    expect(status).toBe(200);
    expect(body).toMatchObject(change);
    await testServer.call('PUT', `${path}/${of('participant')}`, change);
    expect(heard).toEqual(['ParticipantPermissions']);
  });

  test('is asked for in all', async () => {
    const { path, of } = await group('participant');
    const { status, body } = await testServer.call('PUT', `${path}/${of('participant')}`, {});
    expect(status).toBe(422);
    expect(Object.keys(body.errors).sort()).toEqual(Object.keys(permissions).sort());
    expect(body.errors.send_knocks).toEqual(['The send knocks field is required.']);
  });

  test('makes an admin and undoes it', async () => {
    const { path, of, logs } = await group('participant');
    const heard = testServer.listen('PromotedAdmin', 'DemotedAdmin', 'NewMessage');
    const one = `${path}/${of('participant')}`;
    const promoted = await testServer.call('POST', `${one}/promote`);
    expect([promoted.status, promoted.body]).toMatchObject([200, { ...all, admin: true }]);
    expect(await logs()).toBe('promoted Paula');
    expect((await testServer.call('POST', `${one}/promote`)).body.message).toBe(
      'Not authorized to promote participant.',
    );
    expect((await testServer.call('PUT', one, all)).body.message).toBe(
      'Not authorized to update participant permissions.',
    );
    const demoted = await testServer.call('POST', `${one}/demote`);
    expect([demoted.status, demoted.body]).toMatchObject([200, { ...permissions, admin: false }]);
    expect(await logs()).toBe('demoted Paula');
    expect((await testServer.call('POST', `${one}/demote`)).body.message).toBe(
      'Not authorized to demote participant.',
    );
    expect(heard).toEqual(['NewMessage', 'PromotedAdmin', 'NewMessage', 'DemotedAdmin']);
  });

  test('two admins who demote each other at once leave one of them', async () => {
    const { path, of } = await group('participant');
    await testServer.call('POST', `${path}/${of('participant')}/promote`);
    const demoting = (['admin', 'participant'] as const).map((role) =>
      testServer.call(
        'POST',
        `${path}/${of(role === 'admin' ? 'participant' : 'admin')}/demote`,
        undefined,
        role,
      ),
    );
    const statuses = (await Promise.all(demoting)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 403]);
  });

  test('is nothing any more for whoever was removed', async () => {
    const { path, of, logs } = await group('participant');
    const heard = testServer.listen('RemovedFromThread', 'NewMessage');
    const { status } = await testServer.call('DELETE', `${path}/${of('participant')}`);
    expect(status).toBe(204);
    expect(await logs()).toBe('removed Paula');
    expect(heard).toEqual(['NewMessage', 'RemovedFromThread']);
    expect((await testServer.call('DELETE', `${path}/${of('participant')}`)).status).toBe(404);
  });

  test.each([
    ['PUT', '', 'Not authorized to update participant permissions.'],
    ['DELETE', '', 'Not authorized to remove participant.'],
    ['POST', '/promote', 'Not authorized to promote participant.'],
    ['POST', '/demote', 'Not authorized to demote participant.'],
  ])('is not for oneself to say: %s %s', async (method, deed, message) => {
    const { path, of } = await group();
    const answer = await testServer.call(method, `${path}/${of('admin')}${deed}`, all);
    expect([answer.status, answer.body]).toEqual([403, { message }]);
  });
});

describe('leaving and muting', () => {
  test('the last admin stays while there is anybody else', async () => {
    const { id, path, of, logs } = await group('participant');
    const refused = await testServer.call('POST', `/threads/${id}/leave`);
    expect([refused.status, refused.body.message]).toEqual([
      403,
      'You must promote a new group admin before you may leave.',
    ]);
    await testServer.call('POST', `${path}/${of('participant')}/promote`);
    const left = testServer.testGroup.next('ThreadLeft');
    expect((await testServer.call('POST', `/threads/${id}/leave`, undefined, 'participant')).body).toEqual({
      message: 'success',
    });
    expect((await left).participant.userId).toBe(idOf('participant'));
    expect(await logs()).toBe('left');
    expect((await testServer.call('GET', `/threads/${id}`, undefined, 'participant')).status).toBe(403);
  });

  test('two admins who leave at once leave one of them', async () => {
    const { id, path, of } = await group('participant', 'manager');
    await testServer.call('POST', `${path}/${of('participant')}/promote`);
    const leaving = (['admin', 'participant'] as const).map((role) =>
      testServer.call('POST', `/threads/${id}/leave`, undefined, role),
    );
    const statuses = (await Promise.all(leaving)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 403]);
  });

  test('a muted thread says so, until it is muted no more', async () => {
    const { id } = await group();
    const heard = testServer.listen('ParticipantMuted', 'ParticipantUnmuted');
    const isMuted = async () => (await testServer.call('GET', `/threads/${id}`)).body.options.muted;
    expect((await testServer.call('POST', `/threads/${id}/mute`)).body).toEqual({ message: 'success' });
    await testServer.call('POST', `/threads/${id}/mute`);
    expect(await isMuted()).toBe(true);
    await testServer.call('POST', `/threads/${id}/unmute`);
    expect(await isMuted()).toBe(false);
    expect(heard).toEqual(['ParticipantMuted', 'ParticipantUnmuted']);
  });
});

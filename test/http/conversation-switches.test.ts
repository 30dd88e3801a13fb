import { beforeAll, describe, expect, test } from 'vitest';
import { samples } from '../support/file-bytes.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();

describe('with everything off', () => {
  let testServer: TestServer;
  beforeAll(async () => {
    testServer = await TestServer.open(
      {},
      {
        bots: { enabled: false },
        knocks: { enabled: false },
        invites: { enabled: false },
        reactions: { enabled: false },
        messages: { edits: false, system: false, sizeLimit: 10 },
        avatars: { threads: false },
        uploads: { enabled: { image: false, document: false, audio: false, video: false } },
      },
      atEnd,
    );
  });
  const thread = () => `/threads/${testServer.thread.id}`;
  const send = async () =>
    (await testServer.call('POST', `${thread()}/messages`, { message: 'Hi', temporary_id: 't' })).body.id;

  const upload = (field: string) => {
    const form = new FormData();
    form.set(field, new Blob([new Uint8Array(samples.png)]), 'a.png');
    form.set('temporary_id', 't');
    return form;
  };

  test('threads say so', async () => {
    const { options, system_features: features } = (await testServer.call('GET', thread())).body;
    expect(options).toMatchObject({
      admin: true,
      manage_bots: false,
      chat_bots: false,
      invitations: false,
      call: false,
      knock: false,
    });
    expect(features).toMatchObject({
      bots: false,
      knocks: false,
      invitations: false,
      image_messages: false,
      message_reactions: false,
      message_edits: false,
      thread_avatars: false,
    });
  });

  test('settings of what is off are not asked for, and are ignored', async () => {
    const change = { subject: 'Team', add_participants: true, messaging: true };
    const { status, body } = await testServer.call('PUT', `${thread()}/settings`, {
      ...change,
      knocks: false,
    });
    expect([status, body]).toMatchObject([200, { name: 'Team', knocks: true, chat_bots: true }]);
    expect(await testServer.systemMessages()).toEqual([]);
  });

  test('permissions of what is off are not asked for, and are ignored', async () => {
    const { data } = (await testServer.call('GET', `${thread()}/participants`)).body;
    const { id } = data.find((one: { admin: boolean }) => !one.admin);
    const change = { send_messages: false, add_participants: true, send_knocks: true };
    const { status, body } = await testServer.call('PUT', `${thread()}/participants/${id}`, change);
    expect([status, body]).toMatchObject([
      200,
      { send_messages: false, add_participants: true, send_knocks: false },
    ]);
  });

  test('whatever is off is refused in its own words', async () => {
    const id = await send();
    const refusals = [
      [
        'PUT',
        `${thread()}/messages/${id}`,
        { message: 'Hello' },
        403,
        'Edit messages are currently disabled.',
      ],
      [
        'POST',
        `${thread()}/messages/${id}/reactions`,
        { reaction: ':)' },
        403,
        'Message reactions are currently disabled.',
      ],
      ['POST', `${thread()}/knock-knock`, undefined, 403, 'Not authorized to knock.'],
      ['POST', `${thread()}/avatar`, upload('image'), 403, 'Group avatars are currently disabled.'],
      ['DELETE', `${thread()}/avatar`, undefined, 403, 'Group avatars are currently disabled.'],
      ['POST', `${thread()}/images`, upload('image'), 403, 'Not authorized to upload image messages.'],
      [
        'POST',
        `${thread()}/messages`,
        { message: 'x'.repeat(11), temporary_id: 't' },
        422,
        'The message field must not be greater than 10 characters.',
      ],
    ] as const;
    for (const [method, path, body, status, message] of refusals) {
      const answer = await testServer.call(method, path, body);
      expect([path, answer.status, answer.body.message]).toEqual([path, status, message]);
    }
  });
});

describe('an invite', () => {
  let testServer: TestServer;
  let code: string;
  beforeAll(async () => {
    testServer = await TestServer.open({}, {}, atEnd);
    code = 'Lounge1234';
    await testServer.app.store.invites.insert({
      id: '01970000-0000-7000-8000-000000000000',
      threadId: testServer.thread.id,
      owner: { type: 'user', id: testServer.users.get('admin')?.id ?? '' },
      code,
      maxUse: 1,
      uses: 0,
      expiresAt: null,
      createdAt: testServer.app.clock.now(),
    });
  });

  test('brings somebody into the group, as often as it says', async () => {
    const view = await testServer.call('GET', `/join/${code}`, undefined, 'outsider');
    expect([view.status, view.body]).toMatchObject([
      200,
      {
        code,
        route: `/messenger/join/${code}`,
        options: { in_thread: false, thread_name: 'Lounge', is_valid: true },
      },
    ]);
    const member = await testServer.call('POST', `/join/${code}`, undefined, 'participant');
    expect([member.status, member.body.message]).toEqual([403, 'Not authorized to join with that invite.']);
    const heard = testServer.listen('NewMessage', 'InviteUsed');
    const joined = await testServer.call('POST', `/join/${code}`, undefined, 'outsider');
    expect([joined.status, joined.body.owner_id]).toEqual([201, testServer.users.get('outsider')?.id]);
    expect(heard).toEqual(['NewMessage', 'InviteUsed']);
    expect(await testServer.systemMessages()).toEqual(['88 joined']);
    const used = await testServer.call('GET', `/join/${code}`, undefined, 'outsider');
    expect(used.body.options).toEqual({
      messenger_auth: true,
      in_thread: false,
      thread_name: null,
      is_valid: false,
      avatar: null,
    });
  });

  test('that nobody made is not located', async () => {
    const { status, body } = await testServer.call('POST', '/join/nothing', undefined, 'outsider');
    expect([status, body]).toEqual([404, { message: 'Unable to locate the invite you requested.' }]);
  });
});

describe('a switch that is turned off later', () => {
  let testServer: TestServer;
  beforeAll(async () => {
    testServer = await TestServer.open({}, {}, atEnd);
  });
  const thread = () => `/threads/${testServer.thread.id}`;

  test('leaves the reactions there are as they are', async () => {
    const { id } = (
      await testServer.call('POST', `${thread()}/messages`, { message: 'Hi', temporary_id: 't' })
    ).body;
    const reactions = `${thread()}/messages/${id}/reactions`;
    const reaction = (await testServer.call('POST', reactions, { reaction: ':)' })).body;
    testServer.testGroup.reconfigure({ reactions: { enabled: false } });
    const { status, body } = await testServer.call('DELETE', `${reactions}/${reaction.id}`);
    expect([status, body.message]).toEqual([403, 'Message reactions are currently disabled.']);
    testServer.testGroup.reconfigure({});
    expect((await testServer.call('DELETE', `${reactions}/${reaction.id}`)).status).toBe(204);
  });

  test('lets a group be knocked at that still rested', async () => {
    const knock = async () => (await testServer.call('POST', `${thread()}/knock-knock`)).status;
    expect([await knock(), await knock()]).toEqual([200, 429]);
    testServer.testGroup.reconfigure({ knocks: { timeout: 0 } });
    expect(await knock()).toBe(200);
  });
});

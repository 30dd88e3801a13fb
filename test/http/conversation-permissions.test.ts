import { beforeAll, describe, expect, test } from 'vitest';
import { ensureUser } from '../../src/services/users/people.ts';
import { samples } from '../support/file-bytes.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { type Role, TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
beforeAll(async () => {
  const rateLimits = { api: 0, message: 0, attachment: 0 };
  testServer = await TestServer.open({}, { knocks: { timeout: 0 }, http: { rateLimits } }, atEnd);
});

/** A group with what the calls of the table are about. */
interface Scene {
  thread: string;
  /** A message of the participant, edited once, and the participant's reaction to it. */
  message: string;
  reaction: string;
  /** Somebody in the group who makes no call. */
  other: string;
}

async function scene(): Promise<Scene> {
  const person = (role: Role) => ({ alias: 'user', id: testServer.users.get(role)?.id });
  const bystander = await ensureUser(testServer.app, 'Bystander');
  const providers = [person('participant'), person('manager'), { alias: 'user', id: bystander.id }];
  const { id: thread } = (await testServer.call('POST', '/groups', { subject: 'Scene', providers })).body;
  const path = `/threads/${thread}`;
  const people = (await testServer.call('GET', `${path}/participants`)).body.data;
  const idOf = (owner: string) => people.find((one: { owner_id: string }) => one.owner_id === owner).id;
  await testServer.call('PUT', `${path}/participants/${idOf(testServer.users.get('manager')?.id ?? '')}`, {
    ...{ send_messages: true, add_participants: false, send_knocks: false, manage_invites: false },
    manage_bots: true,
  });
  const sent = await testServer.call(
    'POST',
    `${path}/messages`,
    { message: 'Hi', temporary_id: 't' },
    'participant',
  );
  const message = sent.body.id;
  await testServer.call('PUT', `${path}/messages/${message}`, { message: 'Hello' }, 'participant');
  const reacted = await testServer.call(
    'POST',
    `${path}/messages/${message}/reactions`,
    { reaction: '😂' },
    'participant',
  );
  return { thread, message, reaction: reacted.body.id, other: idOf(bystander.id) };
}

const message = { message: 'Hi', temporary_id: 't' };
const permissions = {
  ...{ send_messages: true, add_participants: true, send_knocks: true, manage_invites: true },
  manage_bots: true,
};
const settings = {
  ...{ subject: 'Changed', add_participants: true, messaging: true, knocks: true, invitations: true },
  chat_bots: true,
};

const upload = (field: string, sample: keyof typeof samples, name: string) => {
  const form = new FormData();
  form.set(field, new Blob([new Uint8Array(samples[sample])]), name);
  form.set('temporary_id', 't');
  return form;
};

type Row = [call: string, allowed: readonly Role[], status: number, refusal: string, body?: () => unknown];

const everybody: readonly Role[] = ['outsider', 'participant', 'manager', 'admin'];
const members: readonly Role[] = ['participant', 'manager', 'admin'];
const author: readonly Role[] = ['participant'];
const authorAndAdmin: readonly Role[] = ['participant', 'admin'];
const admins: readonly Role[] = ['admin'];

/** Every call: who may make it, what is answered then, and what the others are told. */
const table: Row[] = [
  ['GET /threads', everybody, 200, ''],
  ['GET /groups', everybody, 200, ''],
  ['POST /groups', everybody, 200, '', () => ({ subject: 'Mine' })],
  ['GET /unread-threads-count', everybody, 200, ''],
  ['GET /threads/:t', members, 200, 'Not authorized to view thread.'],
  ['GET /threads/:t/load', members, 200, 'Not authorized to view thread.'],
  ['GET /threads/:t/load/messages', members, 200, 'Not authorized to view thread.'],
  ['GET /threads/:t/mark-read', members, 200, 'Not authorized to view thread.'],
  ['GET /threads/:t/is-unread', members, 200, 'Not authorized to view thread.'],
  ['GET /threads/:t/settings', admins, 200, 'Not authorized to manage settings.'],
  ['PUT /threads/:t/settings', admins, 200, 'Not authorized to manage settings.', () => settings],
  [
    'POST /threads/:t/avatar',
    admins,
    200,
    'Not authorized to manage settings.',
    () => upload('image', 'png', 'a.png'),
  ],
  ['DELETE /threads/:t/avatar', admins, 204, 'Not authorized to manage settings.'],
  ['DELETE /threads/:t', admins, 204, 'Not authorized to delete thread.'],
  ['POST /threads/:t/knock-knock', admins, 200, 'Not authorized to knock.'],
  ['POST /threads/:t/mute', members, 200, 'Not authorized to mute/unmute thread.'],
  ['POST /threads/:t/unmute', members, 200, 'Not authorized to mute/unmute thread.'],
  ['GET /threads/:t/participants', members, 200, 'Not authorized to view participants.'],
  ['GET /threads/:t/participants/page/:o', members, 200, 'Not authorized to view participants.'],
  ['GET /threads/:t/participants/:o', members, 200, 'Not authorized to view participants.'],
  ['GET /threads/:t/add-participants', admins, 200, 'Not authorized to add participants.'],
  [
    'POST /threads/:t/participants',
    admins,
    200,
    'Not authorized to add participants.',
    () => ({ providers: [{ alias: 'user', id: testServer.users.get('outsider')?.id }] }),
  ],
  [
    'PUT /threads/:t/participants/:o',
    admins,
    200,
    'Not authorized to update participant permissions.',
    () => permissions,
  ],
  ['POST /threads/:t/participants/:o/promote', admins, 200, 'Not authorized to promote participant.'],
  ['POST /threads/:t/participants/:o/demote', [], 200, 'Not authorized to demote participant.'],
  ['DELETE /threads/:t/participants/:o', admins, 204, 'Not authorized to remove participant.'],
  ['GET /threads/:t/messages', members, 200, 'Not authorized to view messages.'],
  ['GET /threads/:t/messages/page/:m', members, 200, 'Not authorized to view message.'],
  ['GET /threads/:t/messages/search?q=x', members, 200, 'Not authorized to view messages.'],
  ['GET /threads/:t/messages/search/page/:m?q=x', members, 200, 'Not authorized to view messages.'],
  ['GET /threads/:t/messages/around/:m', members, 200, 'Not authorized to view messages.'],
  ['GET /threads/:t/messages/newer/:m', members, 200, 'Not authorized to view messages.'],
  [
    'GET /threads/:t/messages/since/2026-01-01T00%3A00%3A00Z',
    members,
    200,
    'Not authorized to view messages.',
  ],
  ['GET /threads/:t/logs', members, 200, 'Not authorized to view messages.'],
  ['GET /threads/:t/images', members, 200, 'Not authorized to view messages.'],
  ['GET /threads/:t/documents', members, 200, 'Not authorized to view messages.'],
  ['GET /threads/:t/audio', members, 200, 'Not authorized to view messages.'],
  ['GET /threads/:t/videos', members, 200, 'Not authorized to view messages.'],
  ['GET /threads/:t/messages/:m', members, 200, 'Not authorized to view message.'],
  ['GET /threads/:t/messages/:m/history', members, 200, 'Not authorized to view message edits.'],
  ['POST /threads/:t/messages', members, 201, 'Not authorized to send messages.', () => message],
  ['PUT /threads/:t/messages/:m', author, 200, 'Not authorized to edit message.', () => ({ message: 'x' })],
  ['DELETE /threads/:t/messages/:m', authorAndAdmin, 204, 'Not authorized to remove message.'],
  ['GET /threads/:t/messages/:m/reactions', members, 200, 'Not authorized to view message reactions.'],
  [
    'POST /threads/:t/messages/:m/reactions',
    members,
    201,
    'Not authorized to react to that message.',
    () => ({ reaction: '👍' }),
  ],
  ['DELETE /threads/:t/messages/:m/reactions/:r', authorAndAdmin, 204, 'Not authorized to remove reaction.'],
  [
    'POST /threads/:t/images',
    members,
    201,
    'Not authorized to upload image messages.',
    () => upload('image', 'png', 'a.png'),
  ],
  [
    'POST /threads/:t/documents',
    members,
    201,
    'Not authorized to upload document messages.',
    () => upload('document', 'pdf', 'a.pdf'),
  ],
  [
    'POST /threads/:t/audio',
    members,
    201,
    'Not authorized to upload audio messages.',
    () => upload('audio', 'mp3', 'a.mp3'),
  ],
  [
    'POST /threads/:t/videos',
    members,
    201,
    'Not authorized to upload video messages.',
    () => upload('video', 'mp4', 'a.mp4'),
  ],
];

/** A call of the table, made by somebody in a scene. */
function make(call: string, at: Scene, role: Role, body: unknown) {
  const [method = '', pattern = ''] = call.split(' ');
  const ids: Record<string, string> = { t: at.thread, m: at.message, r: at.reaction, o: at.other };
  return testServer.call(
    method,
    pattern.replace(/:(\w)/g, (_, name: string) => ids[name] ?? ''),
    body,
    role,
  );
}

describe.each(table)('%s', (call, allowed, status, message, body) => {
  test('is for those who may', async () => {
    for (const role of allowed) {
      const answer = await make(call, await scene(), role, body?.());
      expect([role, answer.status, answer.body?.message ?? '']).toEqual([
        role,
        status,
        answer.body?.message === 'success' ? 'success' : '',
      ]);
    }
  });

  test('is refused to the others', async () => {
    const at = await scene();
    for (const role of everybody.filter((one) => !allowed.includes(one))) {
      const answer = await make(call, at, role, body?.());
      expect([role, answer.status, answer.body]).toEqual([role, 403, { message }]);
    }
    const guest = await make(call, at, 'guest', body?.());
    expect([guest.status, guest.body]).toEqual([401, { message: 'Unauthenticated.' }]);
  });
});

describe('what a group allows', () => {
  test('stops admins too', async () => {
    const at = await scene();
    const off = { ...settings, add_participants: false, messaging: false, knocks: false };
    expect((await make('PUT /threads/:t/settings', at, 'admin', off)).status).toBe(200);
    const refused = await Promise.all([
      make('POST /threads/:t/messages', at, 'admin', message),
      make('POST /threads/:t/knock-knock', at, 'admin', undefined),
      make('POST /threads/:t/participants', at, 'admin', { providers: [{ alias: 'user', id: 'x' }] }),
      make('POST /threads/:t/images', at, 'admin', upload('image', 'png', 'a.png')),
    ]);
    expect(refused.map((answer) => answer.status)).toEqual([403, 403, 403, 403]);
    const { options } = (await make('GET /threads/:t', at, 'admin', undefined)).body;
    expect(options).toMatchObject({ message: false, knock: false, add_participants: false });
  });
});

test('the order of checks is who, where, what, whether', async () => {
  const at = await scene();
  const nowhere = { ...at, thread: at.message };
  const post = (where: Scene, role: Role) => make('POST /threads/:t/messages', where, role, {});
  expect((await post(nowhere, 'guest')).status).toBe(401);
  expect((await post(nowhere, 'outsider')).status).toBe(404);
  expect((await post(at, 'outsider')).status).toBe(422);
  expect((await make('POST /threads/:t/messages', at, 'outsider', message)).status).toBe(403);
  expect((await make('POST /threads/:t/mark-read', at, 'admin', {})).status).toBe(405);
});

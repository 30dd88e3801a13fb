import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { samples } from '../support/file-bytes.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { type Answer, TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
let target: { message: string; participant: string };
beforeAll(async () => {
  const rateLimits = { api: 0, message: 0, attachment: 0 };
  testServer = await TestServer.open(
    {},
    { uploads: { limits: { document: 2 } }, http: { rateLimits } },
    atEnd,
  );
  const body = { message: 'Hi', temporary_id: 't' };
  const message = (await testServer.call('POST', `${thread()}/messages`, body)).body.id;
  const { data } = (await testServer.call('GET', `${thread()}/participants`)).body;
  const plain = data.find((one: { admin: boolean }) => !one.admin);
  target = { message, participant: plain.id };
});

const thread = () => `/threads/${testServer.thread.id}`;

/** Every call with a body, and fields that would be right. */
const calls: Array<[call: string, path: () => string, right: Record<string, unknown>]> = [
  ['POST groups', () => '/groups', { subject: 'Team', providers: [] }],
  [
    'PUT settings',
    () => `${thread()}/settings`,
    {
      ...{ subject: 'Team', add_participants: true, messaging: true, knocks: true, invitations: true },
      chat_bots: true,
    },
  ],
  ['POST participants', () => `${thread()}/participants`, { providers: [{ alias: 'user', id: 'x' }] }],
  [
    'PUT participant',
    () => `${thread()}/participants/${target.participant}`,
    {
      ...{ send_messages: true, add_participants: true, send_knocks: true, manage_invites: true },
      manage_bots: true,
    },
  ],
  [
    'POST messages',
    () => `${thread()}/messages`,
    { message: 'Hi', temporary_id: 't', reply_to_id: null, extra: {} },
  ],
  ['PUT message', () => `${thread()}/messages/${target.message}`, { message: 'Hi' }],
  ['POST reactions', () => `${thread()}/messages/${target.message}/reactions`, { reaction: '😂' }],
  ['POST images', () => `${thread()}/images`, { image: 'a.png', temporary_id: 't', extra: '{}' }],
  ['POST avatar', () => `${thread()}/avatar`, { image: 'a.png' }],
];

/** An answer that a client can understand: what it asked for, or a sentence of what was wrong. */
function expectSense({ status, body }: Answer): void {
  expect(status).toBeLessThan(500);
  if (status >= 400) expect(body.message).toMatch(/\w{3}/);
  if (status !== 422) return;
  const sentences = Object.values(body.errors).flat();
  expect(sentences.length).toBeGreaterThan(0);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/s);
}

/** What is stored, which a refused call must leave as it is. */
async function stored(): Promise<string> {
  const { store } = testServer.app;
  const [messages, people, unclaimed, groups] = [
    await store.messages.newest(testServer.thread.id, 1_000),
    await store.participants.inThread(testServer.thread.id),
    await store.unclaimedFiles.all(),
    await store.conversations.count(testServer.users.get('admin')?.id ?? ''),
  ];
  return JSON.stringify([
    messages.map(({ id, body }) => [id, body]),
    people.map(({ participant }) => participant.permissions),
    ...[unclaimed, groups, files()],
  ]);
}

/** The files in the storage of the workspace. */
function files(): string[] {
  try {
    return readdirSync(testServer.testGroup.workspace.storage, { recursive: true }).map(String).sort();
  } catch {
    return [];
  }
}

const odd = fc.oneof(
  fc.anything({ withNullPrototype: false, maxDepth: 3 }).map((value) => value ?? null),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', '\0', '\ud800', 'a'.repeat(10_000), 1e308, -0, '0x10', [[]], [{ id: {} }], {
    ['__proto__']: 1,
  }),
);

const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

describe.each(calls)('%s', (call, path, right) => {
  test('makes sense of any body, and stores nothing of a wrong one', async () => {
    const fields = Object.keys(right);
    const body = fc.oneof(
      fc.json().map((text) => JSON.parse(text)),
      fc.record(Object.fromEntries(fields.map((field) => [field, odd])), { requiredKeys: [] }),
      fc.tuple(fc.constantFrom(...fields), odd).map(([field, value]) => ({ ...right, [field]: value })),
    );
    await fc.assert(
      fc.asyncProperty(body, async (given) => {
        const before = await stored();
        const answer = await testServer.request(`/api/messenger${path()}`, {
          method: call.split(' ')[0] ?? '',
          headers: { ...testServer.login('admin'), 'content-type': 'application/json' },
          body: JSON.stringify(given, plain) ?? 'null',
        });
        expectSense(answer);
        if (answer.status >= 400) expect(await stored()).toBe(before);
      }),
      { numRuns: 40 },
    );
  });
});

test('paths with anything for their ids lead nowhere', async () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }).map((text) => encodeURIComponent(text.toWellFormed())),
    fc.constantFrom('..%2f..', '%00', "1'%20or%201=1", '%25', newId(), 'a'.repeat(2_000)),
  );
  const assets = () => `/messenger/assets${thread()}`;
  await fc.assert(
    fc.asyncProperty(part, part, async (id, file) => {
      const paths = [
        `/api/messenger/threads/${id}/load`,
        `/api/messenger/groups/page/${id}`,
        `/api/messenger/join/${id}`,
        `/api/messenger${thread()}/participants/${id}`,
        `/api/messenger${thread()}/messages/page/${id}`,
        `/api/messenger${thread()}/messages/${target.message}/reactions/${id}`,
        `${assets()}/files/${id}/${file}`,
        `${assets()}/videos/${target.message}/${file}`,
        `${assets()}/gallery/${id}/lg/${file}`,
        `${assets()}/avatar/${id}/${file}`,
      ];
      for (const path of paths) {
        const answer = await testServer.request(path, { headers: testServer.login('admin') });
        expect(answer.status).toBeLessThan(500);
        if (answer.status >= 400) expect([400, 404, 405, 414]).toContain(answer.status);
      }
    }),
    { numRuns: 30 },
  );
});

describe('a body', () => {
  test.each([
    [
      'of a thousand and one people',
      { subject: 'Team', providers: Array(1_001).fill({ alias: 'user', id: 1 }) },
    ],
    ['with a list that is deep', { subject: 'Team', providers: JSON.parse('['.repeat(50) + ']'.repeat(50)) }],
  ])('%s is refused with a sentence', async (_, body) => {
    const answer = await testServer.call('POST', '/groups', body);
    expect(answer.status).toBe(422);
    expectSense(answer);
  });
});

describe('an upload', () => {
  const head = [
    '--x\r\nContent-Disposition: form-data; name="temporary_id"\r\n\r\nt\r\n',
    '--x\r\nContent-Disposition: form-data; name="document"; filename="a.txt"\r\n\r\n',
  ].join('');

  /** Sends the begin of an upload and hangs up. */
  async function hangUp(begin: string): Promise<void> {
    const { hostname, port } = new URL(testServer.server.url);
    const socket = connect(Number(port), hostname);
    const lines = [
      `POST /api/messenger${thread()}/documents HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      `Authorization: ${testServer.login('admin').authorization}`,
      'Content-Type: multipart/form-data; boundary=x',
      'Content-Length: 100000',
    ];
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(`${lines.join('\r\n')}\r\n\r\n${begin}`, () => socket.end());
    socket.resume();
    await closed;
  }

  test.each([
    ['in its head', '--x\r\nContent-Dispo'],
    ['before its file', head],
    ['in its file', `${head}abcdef`],
    ['behind its file', `${head}abc\r\n--x\r\n`],
  ])('that is cut off %s leaves nothing', async (_, begin) => {
    const before = await stored();
    await hangUp(begin);
    // The next call is answered after the one that broke off.
    expect((await testServer.call('GET', `${thread()}/documents`)).status).toBe(200);
    expect(await stored()).toBe(before);
  });

  test.each([
    ['that lead upwards', '../../../etc/passwd.txt'],
    ['that lead upwards on Windows', '..\\..\\x.txt'],
    ['that begin at the root', '/abs.txt'],
    ['of nothing but an ending', '.txt'],
    ['that are long', `${'n'.repeat(5_000)}.txt`],
  ])('is kept under a harmless name: names %s', async (_, name) => {
    const form = new FormData();
    form.set('document', new Blob(['hello']), name);
    form.set('temporary_id', 't');
    const { status, body } = await testServer.call('POST', `${thread()}/documents`, form);
    expect(status).toBe(201);
    expect(body.body).toMatch(/^[\w-]*_[0-9a-f-]{36}\.txt$/);
    expect((await testServer.request(body.document)).text).toBe('hello');
  });

  test.each([
    ['page.html', '<script>alert(1)</script>'],
    ['picture.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ])('that a browser would run is refused: %s', async (name, content) => {
    for (const [folder, field] of [
      ['images', 'image'],
      ['documents', 'document'],
    ] as const) {
      const form = new FormData();
      form.set(field, new Blob([content]), name);
      form.set('temporary_id', 't');
      const answer = await testServer.call('POST', `${thread()}/${folder}`, form);
      expect(answer.status).toBe(422);
      expectSense(answer);
    }
  });

  test('of any size is stopped at the limit', async () => {
    const form = new FormData();
    form.set('document', new Blob([samples.pdf, new Uint8Array(3_000_000)]), 'a.pdf');
    form.set('temporary_id', 't');
    const before = await stored();
    const { status, body } = await testServer.call('POST', `${thread()}/documents`, form);
    expect([status, body.errors]).toEqual([
      422,
      { document: ['The document field must not be greater than 2 kilobytes.'] },
    ]);
    expect(await stored()).toBe(before);
  });
});

test('nothing of all this went wrong inside', () => {
  expect(testServer.problems).toEqual([]);
});

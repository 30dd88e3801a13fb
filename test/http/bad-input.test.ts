import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { botSource } from '../support/bot-source.ts';
import { samples } from '../support/file-bytes.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { type Answer, TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
let target: { bot: string; action: string };
beforeAll(async () => {
  const rules = 'rules() { return { replies: z.array(z.string()).min(1), size: z.int().optional() }; }';
  const source = botSource('Hello', '', { members: rules });
  testServer = await TestServer.open({ 'Hello.ts': source }, { http: { rateLimits: { api: 0 } } }, atEnd);
  const bots = `/threads/${testServer.thread.id}/bots`;
  const fields = { name: 'Test Bot', enabled: true, hide_actions: false, cooldown: 0 };
  const { body: bot } = await testServer.call('POST', bots, fields);
  const { body: action } = await testServer.call('POST', `${bots}/${bot.id}/actions`, {
    ...{ handler: 'hello', cooldown: 0, admin_only: false, enabled: true, match: 'exact', triggers: ['a'] },
    replies: ['b'],
  });
  target = { bot: bot.id, action: action.id };
});

const bots = () => `/threads/${testServer.thread.id}/bots`;
const bot = () => `${bots()}/${target.bot}`;

/** Every call with a body, and fields that would be right. */
const calls: Array<[call: string, path: () => string, right: Record<string, unknown>]> = [
  ['POST bots', bots, { name: 'Robbie', enabled: true, hide_actions: false, cooldown: 0 }],
  ['PUT bot', bot, { name: 'Robbie', enabled: true, hide_actions: false, cooldown: 0 }],
  [
    'POST actions',
    () => `${bot()}/actions`,
    {
      ...{ handler: 'hello', cooldown: 0, admin_only: false, enabled: true },
      ...{ match: 'exact', triggers: ['a'], replies: ['b'] },
    },
  ],
  [
    'PUT action',
    () => `${bot()}/actions/${target.action}`,
    { cooldown: 0, admin_only: false, enabled: true, match: 'exact', triggers: ['a'], replies: ['b'] },
  ],
  ['POST packages', () => `${bots()}/packages`, { alias: 'nothing' }],
  ['POST avatar', () => `${bot()}/avatar`, { image: 'cat.png' }],
  ['POST heartbeat', () => '/heartbeat', { away: false }],
];

/** An answer that a client can understand: what it asked for, or a sentence of what was wrong. */
function expectSense({ status, body }: Answer): void {
  expect(status).toBeLessThan(500);
  if (status >= 400) expect(body.message).toMatch(/\w{3}/);
  if (status === 422) {
    const texts = Object.values(body.errors).flat();
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) expect(text).toMatch(/^[A-Z].*\.$/s);
  }
}

/** What is stored, which a refused call must leave as it is. */
async function stored(): Promise<string> {
  const found = await testServer.app.store.bots.inThread(testServer.thread.id);
  const messages = await testServer.app.store.messages.newest(testServer.thread.id, 1_000);
  return JSON.stringify([found, messages.map(({ id }) => id)]);
}

const odd = fc.oneof(
  fc.anything({ withNullPrototype: false, maxDepth: 3 }).map((value) => value ?? null),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', '\0', '\ud800', 'a'.repeat(10_000), 1e308, -0, '1e3', '0x10', [
    [],
  ]),
);

describe.each(calls)('%s', (call, path, right) => {
  const method = call.split(' ')[0] ?? '';

  test('makes sense of any body, and stores nothing of a wrong one', async () => {
    const body = fc.oneof(
      fc.json().map((text) => JSON.parse(text)),
      fc.record(Object.fromEntries(Object.keys(right).map((field) => [field, odd])), { requiredKeys: [] }),
      fc
        .tuple(fc.constantFrom(...Object.keys(right)), odd)
        .map(([field, value]) => ({ ...right, [field]: value })),
    );
    await fc.assert(
      fc.asyncProperty(body, async (given) => {
        const before = await stored();
        const text = JSON.stringify(given, (_, value) => (typeof value === 'bigint' ? String(value) : value));
        const answer = await testServer.request(`/api/messenger${path()}`, {
          method,
          headers: { ...testServer.login('admin'), 'content-type': 'application/json' },
          body: text ?? 'null',
        });
        expectSense(answer);
        if (answer.status >= 400) expect(await stored()).toBe(before);
      }),
      { numRuns: 60 },
    );
  });

  test('makes sense of any bytes of any type', async () => {
    const types = [
      'application/json',
      'text/plain',
      'multipart/form-data; boundary=x',
      'multipart/form-data',
      'a/b',
    ];
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...types), async (bytes, type) => {
        const before = await stored();
        const answer = await testServer.request(`/api/messenger${path()}`, {
          method,
          headers: { ...testServer.login('admin'), 'content-type': type },
          body: new Uint8Array(bytes),
        });
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expectSense(answer);
        expect(await stored()).toBe(before);
      }),
      { numRuns: 30 },
    );
  });
});

test('paths with anything for their ids lead nowhere', async () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }).map((text) => encodeURIComponent(text.toWellFormed())),
    fc.constantFrom('..%2f..', '%2e%2e', '%00', "1'%20or%201=1", '%25', newId(), 'a'.repeat(2_000)),
  );
  await fc.assert(
    fc.asyncProperty(part, part, part, async (thread, id, action) => {
      const paths = [
        `/threads/${thread}/bots`,
        `${bots()}/${id}`,
        `${bot()}/actions/${action}`,
        `${bots()}/${id}/actions/${action}`,
      ];
      for (const path of paths) {
        const answer = await testServer.call('GET', path);
        expectSense(answer);
        // What a path is after `.` and `..` are worked out may be a list above.
        if (answer.status >= 400) expect([400, 404, 405, 414]).toContain(answer.status);
      }
    }),
    { numRuns: 40 },
  );
});

describe('a multipart body', () => {
  const send = (body: string, boundary = 'x') =>
    testServer.request(`/api/messenger${bot()}/avatar`, {
      method: 'POST',
      headers: { ...testServer.login('admin'), 'content-type': `multipart/form-data; boundary=${boundary}` },
      body,
    });
  const head = (name: string) =>
    `--x\r\nContent-Disposition: form-data; name="image"; filename="${name}"\r\nContent-Type: image/png\r\n\r\n`;

  test.each([
    ['nothing', ''],
    ['only its end', '--x--\r\n'],
    ['a head that breaks off', '--x\r\nContent-Disposition: form-da'],
    ['a file that breaks off', `${head('a.png')}abc`],
    ['no name', '--x\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--x--\r\n'],
    [
      'a field of the name __proto__',
      '--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\na\r\n--x--\r\n',
    ],
    ['the field as a text', '--x\r\nContent-Disposition: form-data; name="image"\r\n\r\nabc\r\n--x--\r\n'],
    ['two files', `${head('a.png')}a\r\n${head('b.png')}b\r\n--x--\r\n`],
    ['another boundary', '--y\r\n\r\n--y--\r\n'],
    [
      'a thousand fields',
      `${'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'.repeat(1_000)}--x--\r\n`,
    ],
  ])('of %s is refused with a sentence, and nothing is kept', async (_, body) => {
    const before = await stored();
    const answer = await send(body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expectSense(answer);
    expect(await stored()).toBe(before);
  });

  test.each([
    '../../../etc/passwd.png',
    '..\\..\\x.png',
    '/abs.png',
    'a\0b.png',
    '.png',
    ' ',
    `${'n'.repeat(5_000)}.png`,
  ])('with a file called %j is kept under a harmless name', async (name) => {
    const form = new FormData();
    form.set('image', new Blob([samples.png]), name);
    const { status, body } = await testServer.call('POST', `${bot()}/avatar`, form);
    expect(status).toBe(200);
    expect(body.avatar.lg).toMatch(/\/avatar\/lg\/[\w-]{0,100}_[0-9a-f-]{36}\.png$/);
  });
});

test('an upload whose client goes away leaves nothing', async () => {
  const before = await stored();
  const controller = new AbortController();
  const body = new ReadableStream({
    start: (stream) =>
      stream.enqueue(
        Buffer.from('--x\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\nabc'),
      ),
    pull: () => controller.abort(),
  });
  const request = testServer.request(`/api/messenger${bot()}/avatar`, {
    method: 'POST',
    headers: { ...testServer.login('admin'), 'content-type': 'multipart/form-data; boundary=x' },
    body,
    signal: controller.signal,
    duplex: 'half',
  } as RequestInit);
  await expect(request).rejects.toThrow();
  expect((await testServer.call('GET', bots())).status).toBe(200);
  expect(await stored()).toBe(before);
});

test('nothing went wrong inside', () => {
  expect(testServer.problems).toEqual([]);
});

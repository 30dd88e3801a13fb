import { once } from 'node:events';
import { connect } from 'node:net';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openHttpServer } from '../../src/http/server.ts';
import { makeToken } from '../../src/services/users/tokens.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
beforeAll(async () => {
  const http = { hosts: ['chat.example.com'], origins: ['https://web.example.com'] };
  testServer = await TestServer.open({}, { http }, atEnd);
});

const bots = () => `/api/messenger/threads/${testServer.thread.id}/bots`;

/** Sends bytes as they are, for what `fetch` would not send, and gives everything that comes back. */
const raw = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(testServer.server.url).port), '127.0.0.1');
    const parts: Buffer[] = [];
    socket.on('data', (part) => parts.push(part));
    socket.on('close', () => resolve(Buffer.concat(parts).toString()));
    socket.on('error', reject);
    socket.end(text);
  });
const rawGet = (path: string, headers: string) =>
  raw(`GET ${path} HTTP/1.1\r\n${headers}\r\nConnection: close\r\n\r\n`);

describe('a login', () => {
  test.each([
    ['nothing', {}],
    ['an unknown token', { authorization: 'Bearer 0193a1b2.secret' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['a token twice', { authorization: 'Bearer a b' }],
    ['an empty token', { authorization: 'Bearer ' }],
  ])('with %s is refused', async (_, headers) => {
    const { status, body } = await testServer.request(bots(), { headers });
    expect({ status, body }).toEqual({ status: 401, body: { message: 'Unauthenticated.' } });
  });

  test('with the right id and a wrong secret is refused', async () => {
    const [id] = (testServer.login('admin').authorization ?? '').split('.');
    const { status } = await testServer.request(bots(), { headers: { authorization: `${id}.wrong` } });
    expect(status).toBe(401);
  });

  test('with a revoked token is refused', async () => {
    const { token } = await makeToken(testServer.app, 'Ada');
    const ask = () => testServer.request(bots(), { headers: { authorization: `bearer ${token}` } });
    expect((await ask()).status).toBe(200);
    await testServer.testGroup.change(
      'update tokens set revoked_at = created_at where id = ?',
      token.split('.')[0],
    );
    expect((await ask()).status).toBe(401);
  });

  test('is asked for before anything of the body is read', async () => {
    const { status } = await testServer.request(bots(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{{{',
    });
    expect(status).toBe(401);
  });
});

describe('a path', () => {
  test.each([
    ['PATCH', () => bots(), ['GET', 'HEAD', 'POST']],
    ['POST', () => '/api/messenger', ['GET', 'HEAD']],
    ['GET', () => '/api/messenger/heartbeat', ['POST']],
    ['DELETE', () => '/docs', ['GET', 'HEAD']],
  ])('that is known answers 405 to %s', async (method, path, allowed) => {
    const { status, headers, body } = await testServer.request(path(), {
      method,
      headers: testServer.login('admin'),
    });
    expect(status).toBe(405);
    expect(headers.get('allow')?.split(', ')).toEqual(allowed);
    expect(body).toEqual({
      message: `The ${method} method is not supported for route ${path().slice(1)}. Supported methods: ${allowed.join(', ')}.`,
    });
  });

  test('tells its verbs to OPTIONS', async () => {
    const { status, headers, text } = await testServer.request(bots(), { method: 'OPTIONS' });
    expect([status, headers.get('allow'), text]).toEqual([200, 'GET, HEAD, POST', '']);
  });

  test.each(['', '/', '?page=1', '/?page=1'])('with %j at its end is the same', async (end) => {
    const { status } = await testServer.request(`${bots()}${end}`, { headers: testServer.login('admin') });
    expect(status).toBe(200);
    const wrong = await testServer.request(`${bots()}${end}`, { method: 'PATCH' });
    expect(wrong.status).toBe(405);
  });

  test.each([
    '/',
    '/api',
    '/api/messenger/nothing',
    '/API/messenger',
    '/..%2f..%2fetc/passwd',
    '/docs/nothing',
  ])('%s is not known', async (path) => {
    const { status, body } = await testServer.request(path);
    expect(status).toBe(404);
    expect(body.message).toMatch(/^The route .* could not be found\.$/);
  });

  test.each(['/api/messenger/threads/%zz/bots', '/api/messenger/%c0%80'])(
    '%s is a bad request',
    async (path) => {
      const { status, body } = await testServer.request(path, { headers: testServer.login('admin') });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(body).toEqual({ message: expect.any(String) });
    },
  );
});

describe('a body', () => {
  const send = (body: RequestInit['body'], type = 'application/json') =>
    testServer.request(bots(), {
      method: 'POST',
      headers: { ...testServer.login('admin'), 'content-type': type },
      body: body ?? null,
    });

  test.each<[string, () => RequestInit['body'], string | undefined, number]>([
    ['broken JSON', () => '{"name":', undefined, 400],
    ['no UTF-8', () => new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), undefined, 400],
    ['nested too deeply', () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`, undefined, 400],
    ['too large', () => JSON.stringify({ name: 'a'.repeat(1_100_000) }), undefined, 413],
    ['a text', () => 'name=Bot', 'text/plain', 415],
    ['XML', () => '<name/>', 'application/xml', 415],
    ['of a type that is none', () => '{}', 'nonsense', 415],
  ])('that is %s is refused with a sentence', async (_, body, type, status) => {
    const answer = await send(body(), type);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ message: expect.stringMatching(/\w{3}/) });
  });
});

describe('a name of the server', () => {
  const get = (headers: string) => rawGet('/api/messenger/openapi.json', headers);

  test.each([
    'localhost',
    '127.0.0.1:80',
    '[::1]:4711',
    'LOCALHOST',
    'chat.example.com',
    'chat.example.com:443',
  ])('%s is its own', async (host) => {
    expect(await get(`Host: ${host}`)).toMatch(/^HTTP\/1\.1 200 /);
  });

  test.each(['evil.example.com', 'localhost.evil.example.com', '127.0.0.1.nip.io', ''])(
    '%j is not its own, as after DNS rebinding',
    async (host) => {
      expect(await get(`Host: ${host}`)).toMatch(/^HTTP\/1\.1 403 .*"message":"This server is not known/s);
    },
  );
});

test('on `localhost` one server listens, whose connections are all watched', async () => {
  const { server, close } = await openHttpServer(testServer.app, { host: 'localhost', port: 0 });
  onTestFinished(close);
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  expect(address).toMatchObject({ address: '127.0.0.1' });
  await expect(once(connect(port, '::1'), 'connect')).rejects.toThrow();
});

describe('a page of another site', () => {
  const ask = (origin: string, init: RequestInit = {}) =>
    testServer.request(bots(), {
      ...init,
      headers: { ...testServer.login('admin'), origin, ...init.headers },
    });

  test.each(['https://evil.example.com', 'null', 'http://localhost', 'file://'])(
    '%s is refused',
    async (origin) => {
      const { status, body, headers } = await ask(origin);
      expect({ status, body }).toEqual({ status: 403, body: { message: 'This origin is not allowed.' } });
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  test('that is our own may ask', async () => {
    expect((await ask(testServer.server.url)).status).toBe(200);
  });

  test('that is configured may ask, and read the answer', async () => {
    const { status, headers } = await ask('https://web.example.com');
    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBe('https://web.example.com');
    expect(headers.get('access-control-expose-headers')?.split(', ')).toContain('Messenger-Error');
  });

  test('that is configured may ask what it may ask', async () => {
    const { status, headers } = await ask('https://web.example.com', {
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'PUT' },
    });
    expect(status).toBe(204);
    const allowed = headers.get('access-control-allow-headers')?.split(', ');
    expect(allowed).toEqual(expect.arrayContaining(['Authorization', 'Content-Type', 'X-Requested-With']));
  });
});

test.each<[string, string, () => string, string | undefined, number, string | null]>([
  ['a bot that does not exist', 'GET', () => `${bots()}/x`, undefined, 404, 'NOT_LOCATED'],
  ['an invalid body', 'POST', bots, '{}', 422, 'INVALID_INPUT'],
  ['a body that is not JSON', 'POST', bots, '{', 400, null],
  ['an unknown path', 'GET', () => '/api/messenger/nothing', undefined, 404, null],
  ['a wrong method', 'PUT', bots, '{}', 405, null],
])('the error for %s, asked by %s', async (_, method, path, body, status, code) => {
  const { headers, ...answer } = await testServer.request(path(), {
    method,
    headers: { ...testServer.login('admin'), 'content-type': 'application/json' },
    ...(body !== undefined && { body }),
  });
  expect(answer.status).toBe(status);
  expect(headers.get('messenger-error')).toBe(code);
});

test('what is no HTTP is answered in JSON all the same', async () => {
  expect(await raw('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*\{"message":"Bad Request"\}$/s);
});

test('every answer has the headers that keep browsers careful', async () => {
  const { headers } = await testServer.request('/api/messenger/nothing');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('server')).toBeNull();
});

test('a port that is taken is told of', async () => {
  const { port } = new URL(testServer.server.url);
  await expect(openHttpServer(testServer.app, { port: Number(port) })).rejects.toMatchObject({
    code: 'ADDRESS_UNUSABLE',
  });
});

describe('the documentation', () => {
  test('is OpenAPI 3.1 and has every endpoint', async () => {
    const { status, body } = await testServer.request('/api/messenger/openapi.json');
    expect(status).toBe(200);
    expect(body.openapi).toBe('3.1.0');
    const path = '/api/messenger/threads/{thread}/bots/{bot}/actions/{action}';
    expect(Object.keys(body.paths[path])).toEqual(['get', 'put', 'patch', 'delete']);
    const post = body.paths['/api/messenger/threads/{thread}/bots'].post;
    expect(post.requestBody.content['application/json'].schema).toMatchObject({
      properties: { name: { minLength: 2, maxLength: 255 }, cooldown: { minimum: 0, maximum: 900 } },
      required: ['name', 'enabled', 'hide_actions', 'cooldown'],
    });
    expect(post.security).toEqual([{ token: [] }]);
  });

  test('says of every endpoint what it answers', async () => {
    const { paths } = (await testServer.request('/api/messenger/openapi.json')).body;
    const answers = Object.entries<object>(paths).flatMap(([path, verbs]) =>
      Object.entries(verbs).map(([verb, { responses }]) => [`${verb} ${path}`, responses]),
    );
    const silent = answers.filter(
      ([, { 204: empty, 201: made = {}, 200: done = made }]) =>
        !empty && !done.content?.['application/json'].schema,
    );
    expect(answers.length).toBeGreaterThan(70);
    expect(silent).toEqual([]);
  });

  test('groups the endpoints by resource', async () => {
    const { paths } = (await testServer.request('/api/messenger/openapi.json')).body;
    const tags = Object.values<object>(paths).flatMap((verbs) =>
      Object.values(verbs).flatMap((operation) => operation.tags.join()),
    );
    expect([...new Set(tags)].sort()).toEqual([
      'actions',
      'bots',
      'files',
      'inspection',
      'invites',
      'messages',
      'messenger',
      'packages',
      'participants',
      'reactions',
      'realtime',
      'settings',
      'threads',
    ]);
  });

  test('is shown by a page that loads nothing from elsewhere', async () => {
    const page = await testServer.request('/docs');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'/);
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(page.text).not.toMatch(/https?:\/\//);
    const parts = [...page.text.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)].map(([, path = '']) => path);
    const types = await Promise.all(
      parts.map(async (part) => (await testServer.request(part)).headers.get('content-type')),
    );
    expect(types).toEqual(['text/css; charset=utf-8', 'text/javascript; charset=utf-8']);
  });
});

test('nothing went wrong inside', () => {
  expect(testServer.problems).toEqual([]);
});

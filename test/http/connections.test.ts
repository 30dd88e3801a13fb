import { once } from 'node:events';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { head, multipart, part, RawConnection } from '../support/raw-http.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
beforeAll(async () => {
  testServer = await TestServer.open(
    {},
    { http: { limits: { idle: 1, receive: 2, connections: 5 } } },
    atEnd,
  );
});

const open = () => RawConnection.open(testServer.server.server, onTestFinished);
const messages = () => `/api/messenger/threads/${testServer.thread.id}/messages`;
const json = { 'content-type': 'application/json' };
const upgrade = { connection: 'Upgrade', upgrade: 'websocket' };

describe('a connection ends with its answer, though the client never closes it', () => {
  test.each<[string, () => string, RegExp]>([
    ['what is no HTTP', () => 'nonsense\r\n\r\n', /^HTTP\/1\.1 400 .*\{"message":"Bad Request"\}$/s],
    ['a method that is none', () => 'BREW / HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['HTTP/2 without asking', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['no name of a server', () => 'GET / HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['headers too large', () => head('GET /', { x: 'x'.repeat(20_000) }), /^HTTP\/1\.1 431 /],
    ['half a request', () => 'GET / HTTP/1.1\r\nHost: local', /^HTTP\/1\.1 408 /],
    ['a chunk that is none', () => `${begun({ 'transfer-encoding': 'chunked' })}xyz\r\n`, /^HTTP\/1\.1 400 /],
    ['a body that stops', () => `${begun({ ...json, 'content-length': 100 })}{`, /^HTTP\/1\.1 408 /],
    [
      'a multipart body that stops',
      () => `${begun({ ...multipart, 'content-length': 1_000 })}${part('a', 'b')}`,
      /^HTTP\/1\.1 408 /,
    ],
    ['a body too large', () => begun({ ...json, 'content-length': 2_000_000 }), /^HTTP\/1\.1 413 /],
    [
      'a body of no login',
      () => head('POST /api/messenger/groups', { 'content-length': 9 }),
      /^HTTP\/1\.1 401 /,
    ],
    ['a socket elsewhere', () => head('GET /elsewhere', upgrade), /^HTTP\/1\.1 404 /],
    [
      'a socket of a stranger',
      () => head('GET /app/x', { ...upgrade, origin: 'https://evil.example' }),
      /^HTTP\/1\.1 403 /,
    ],
    ['a socket that is none', () => head('GET /app/x', upgrade), /^HTTP\/1\.1 400 /],
    ['nothing at all', () => '', /^HTTP\/1\.1 408 /],
    ['an answer, after it has been idle', () => head('GET /docs', {}), /^HTTP\/1\.1 200 /],
    ['the last answer', () => head('GET /docs', { connection: 'close' }), /^HTTP\/1\.1 200 /],
  ])('%s', async (_, sent, expected) => {
    const client = await open();
    expect(await client.send(sent()).gone()).toMatch(expected);
  });

  const begun = (headers: Record<string, string | number>) =>
    head(`POST ${messages()}`, { ...testServer.login('admin'), ...headers });
});

test('a body that trickles in is cut when its time is over', async () => {
  const client = await open();
  client.send(head(`POST ${messages()}`, { ...testServer.login('admin'), ...json, 'content-length': 1_000 }));
  const trickle = setInterval(() => client.send(' '), 200);
  onTestFinished(() => clearInterval(trickle));
  expect(await client.gone()).toMatch(/^HTTP\/1\.1 408 /);
});

test('an answer that is not taken is waited for only so long', async () => {
  const client = await open();
  client.pause();
  // More than the sockets of both ends hold.
  client.send(head('GET /api/messenger/openapi.json', {}).repeat(200));
  await client.gone();
  expect(client.far.bytesWritten).toBeGreaterThan(0);
});

test('an answer that takes longer is waited for', async () => {
  const client = await open();
  const { promise, resolve } = deferred();
  const { find } = testServer.app.store.threads;
  testServer.app.store.threads.find = async (id) =>
    promise.then(() => find.call(testServer.app.store.threads, id));
  onTestFinished(() => {
    testServer.app.store.threads.find = find;
  });
  client.send(head(`GET ${messages()}`, testServer.login('admin')));
  await once(client.far, 'timeout');
  resolve();
  expect(await client.until(/\}$/)).toMatch(/^HTTP\/1\.1 200 /);
});

test('of too many silent connections of an address the oldest make room', async () => {
  const silent = await RawConnection.openMany(8, testServer.server.server, onTestFinished);
  await Promise.all(silent.slice(0, 3).map((client) => client.gone()));
  expect(silent.slice(3).map(({ far }) => far.destroyed)).toEqual(Array(5).fill(false));
  expect((await testServer.call('GET', '')).status).toBe(200);
});

test('connections that are being answered take no room, however many they are', async () => {
  const stream = () =>
    head(`GET /api/messenger/threads/${testServer.thread.id}/events`, testServer.login('admin'));
  for (let count = 0; count < 6; count++) await (await open()).send(stream()).until(/retry: /);
  const client = await open();
  expect(await client.send(head('GET /docs', {})).until(/<\/html>/)).toMatch(/^HTTP\/1\.1 200 /);
});

test('a server whose clients keep their connections closes all the same', async () => {
  const other = await TestServer.open({}, {}, onTestFinished);
  const client = await RawConnection.open(other.server.server, onTestFinished);
  await client.send('nonsense\r\n\r\n').until(/Bad Request"\}$/);
  await other.server.close();
  expect(client.far.destroyed).toBe(true);
});

/** A promise with the function that resolves it. */
function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

test('nothing went wrong inside', () => {
  expect(testServer.problems).toEqual([]);
});

import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { head, multipart, part, RawConnection } from '../support/raw-http.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { type Role, TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
beforeAll(async () => {
  testServer = await TestServer.open({}, { http: { rateLimits: { attachment: 0, message: 0 } } }, atEnd);
});

const thread = () => `/api/messenger/threads/${testServer.thread.id}`;
const open = (on = testServer) => RawConnection.open(on.server.server, onTestFinished);
const openMany = (count: number) => RawConnection.openMany(count, testServer.server.server, onTestFinished);
const chunked = { 'transfer-encoding': 'chunked' };
const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const isServed = async (role: Role) => (await testServer.call('GET', '', undefined, role)).status;

describe('a body has one limit for the sum', () => {
  const large = 'x'.repeat(255 * 1024);
  const fields = Array.from({ length: 195 }, (_, index) => part(`field${index}`, large)).join('');

  test.each<[string, () => string, Record<string, string>, string]>([
    ['fields of an endpoint without a file', () => `${thread()}/bots`, multipart, fields],
    ['fields beside a file', () => `${thread()}/images`, multipart, fields],
    ['one field', () => `${thread()}/documents`, multipart, part('document', large.repeat(100))],
    ['files nobody asked for', () => `${thread()}/bots`, multipart, part('file', large.repeat(60), 'a.bin')],
    ['headers of parts', () => `${thread()}/bots`, multipart, `--x\r\nX: ${large.repeat(40)}`],
    ['many files', () => `${thread()}/images`, multipart, part('a', 'x', 'a.png').repeat(30)],
    ['many fields', () => `${thread()}/bots`, multipart, part('a', 'x').repeat(2_100)],
    ['JSON', () => `${thread()}/messages`, { 'content-type': 'application/json' }, `"${large.repeat(40)}`],
    [
      'a form',
      () => '/api/broadcasting/auth',
      { 'content-type': 'application/x-www-form-urlencoded' },
      `a=${large.repeat(40)}`,
    ],
    [
      'a form of many fields',
      () => `${thread()}/messages`,
      { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '8400' },
      'a=1&'.repeat(2_100),
    ],
    ['a body to nowhere', () => '/nothing', { 'content-type': 'application/json' }, `"${large.repeat(40)}`],
  ])('%s', async (_, path, type, body) => {
    const client = await open();
    const headers = { ...testServer.login('admin'), ...type };
    const sized = 'content-length' in type;
    client.send(head(`POST ${path()}`, sized ? headers : { ...headers, ...chunked }));
    client.send(sized ? body : chunk(body));
    expect(await client.gone()).toMatch(/^HTTP\/1\.1 413 .*connection: close.*"message":"\w/is);
    // One megabyte, and what was under way when it was reached.
    expect(client.far.bytesRead).toBeLessThan(1_600_000);
    expect(await isServed('admin')).toBe(200);
  });

  test.each(['text/plain', 'application/json', multipart['content-type']])(
    'and one whose length says that it is beyond it is not even begun: %s',
    async (type) => {
      const client = await open();
      const length = { 'content-type': type, 'content-length': 2 ** 31 };
      client.send(head(`POST ${thread()}/messages`, { ...testServer.login('admin'), ...length }));
      expect(await client.gone()).toMatch(/^HTTP\/1\.1 413 /);
    },
  );

  test('which a body just below it does not feel', async () => {
    const { status, body } = await testServer.call('POST', `/threads/${testServer.thread.id}/messages`, {
      message: 'hello',
      temporary_id: '1',
      more: 'x'.repeat(1_000_000),
    });
    expect([status, body.body]).toEqual([201, 'hello']);
  });
});

describe('a file', () => {
  const login = () => ({ ...testServer.login('admin'), ...multipart });

  test.each([
    ['one', ['document']],
    ['several of one name', ['document', 'document', 'document']],
  ])('beyond its limit is refused at once, and the rest is not read: %s', async (_, names) => {
    const client = await open();
    client.send(head(`POST ${thread()}/documents`, { ...login(), 'content-length': 200_000_000 }));
    const size = Math.ceil(12_000_000 / names.length);
    for (const name of names) client.send(part(name, 'x'.repeat(size), 'a.txt'));
    client.send('--x\r\n').send('x'.repeat(60_000_000));
    const answer = await client.gone();
    expect(answer).toMatch(/^HTTP\/1\.1 422 .*connection: close.*must not be greater than 10240 kilobytes/is);
    expect(client.far.bytesRead).toBeLessThan(13_000_000);
  });

  test('uploads of one person are read four at a time: the others wait, and other people do not', async () => {
    const held = await openMany(4);
    const request = head(`POST ${thread()}/documents`, { ...login(), 'content-length': 9_000_000 });
    for (const client of held) client.send(request).send(part('document', 'x'.repeat(500_000), 'a.txt'));
    const form = new FormData();
    form.set('document', new Blob(['hello']), 'a.txt');
    form.set('temporary_id', '1');
    const path = `/threads/${testServer.thread.id}/documents`;
    expect((await testServer.call('POST', path, form, 'participant')).status).toBe(201);
    const waiting = testServer.call('POST', path, form);
    expect(await isServed('admin')).toBe(200);
    held[0]?.destroy();
    expect((await waiting).status).toBe(201);
  });
});

describe('open requests', () => {
  const begun = (role: Role, path = '/messages') =>
    head(`POST ${thread()}${path}`, {
      ...testServer.login(role),
      'content-type': 'application/json',
      'content-length': 1_000,
    });

  test('85 of one person, each with almost a megabyte of fields, keep nobody from anything', async () => {
    const fields = Array.from({ length: 18 }, (_, index) => part(`f${index}`, 'x'.repeat(50_000))).join('');
    const request = head(`POST ${thread()}/bots`, {
      ...{ ...testServer.login('participant'), ...multipart },
      ...chunked,
    });
    const held = await openMany(85);
    for (const client of held) client.send(request).send(chunk(fields));
    expect(await isServed('admin')).toBe(200);
    const { status } = await testServer.call('POST', `/threads/${testServer.thread.id}/messages`, {
      ...{ message: 'hello', temporary_id: '1' },
    });
    expect(status).toBe(201);
    for (const client of held) client.destroy();
  });

  test('of one person are so many, and those of others are their own', async () => {
    const held = await openMany(100);
    for (const client of held) client.send(begun('participant'));
    const one = await open();
    const answer = await one.send(begun('participant')).gone();
    expect(answer).toMatch(/^HTTP\/1\.1 429 .*retry-after: 1\r.*100 requests are already open/is);
    expect(await isServed('admin')).toBe(200);
    held[0]?.destroy();
    const client = await open();
    client.send(begun('participant', '/nothing')).send('{}'.padEnd(1_000));
    expect(await client.until(/\}$/)).toMatch(/^HTTP\/1\.1 404 /);
    for (const other of held) other.destroy();
  });

  test('without a login are counted by address, and keep nobody who is logged in from anything', async () => {
    const small = await TestServer.open({}, { http: { limits: { guestRequests: 2 } } }, onTestFinished);
    const guest = head('POST /nothing', { 'content-type': 'application/json', 'content-length': 10 });
    const held = [await open(small), await open(small)];
    for (const client of held) client.send(guest);
    const third = await open(small);
    expect(await third.send(guest).gone()).toMatch(/^HTTP\/1\.1 429 /);
    expect((await small.request('/docs')).status).toBe(429);
    expect((await small.call('GET', '')).status).toBe(200);
    held[0]?.destroy();
    held[1]?.send('{"a":"b"} ');
    expect(await held[1]?.until(/\}$/)).toMatch(/^HTTP\/1\.1 404 /);
    expect((await small.request('/docs')).status).toBe(200);
  });

  test('of a guest who should be logged in are answered before the body has come', async () => {
    const client = await open();
    expect(await client.send(begun('guest')).gone()).toMatch(/^HTTP\/1\.1 401 .*connection: close/is);
  });
});

test.each([
  ['many', Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`x-${index}`, '1']))],
  ['large ones', { x: 'x'.repeat(20_000) }],
])('headers beyond the limit are refused with 431: %s', async (_, headers) => {
  const client = await open();
  const answer = await client.send(head('GET /docs', headers)).gone();
  expect(answer).toMatch(/^HTTP\/1\.1 431 .*connection: close.*\{"message":"/is);
});

test('nothing went wrong inside', () => {
  expect(testServer.problems).toEqual([]);
});

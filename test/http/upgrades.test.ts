import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { head, RawConnection } from '../support/raw-http.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
beforeAll(async () => {
  testServer = await TestServer.open({}, {}, atEnd);
});

const open = () => RawConnection.open(testServer.server.server, onTestFinished);
const h2c = {
  connection: 'Upgrade, HTTP2-Settings',
  upgrade: 'h2c',
  'http2-settings': 'AAMAAABkAAQAoAAAAAIAAAAA',
};

test.each<[string, Record<string, string>]>([
  ['h2c, as curl --http2 does', h2c],
  ['TLS', { connection: 'upgrade', upgrade: 'TLS/1.0' }],
  ['several protocols', { connection: 'keep-alive, Upgrade', upgrade: 'IRC/6.9, RTA/x11' }],
])('a request that asks for %s is answered as if it did not', async (_, headers) => {
  const client = await open();
  expect(await client.send(head('GET /docs', headers)).until(/<\/html>/)).toMatch(/^HTTP\/1\.1 200 /);
  // The connection is as good as any other afterwards.
  client.send(head('GET /nothing', headers));
  expect(await client.until(/"\}$/)).toMatch(/HTTP\/1\.1 404 .*could not be found/s);
});

test.each([
  ['at once', (request: string, body: string) => [`${request}${body}`]],
  ['later', (request: string, body: string) => [request, body]],
])('and so is one with a body that comes %s', async (_, pieces) => {
  const client = await open();
  const body = JSON.stringify({ message: 'hello', temporary_id: '1' });
  const path = `/api/messenger/threads/${testServer.thread.id}/messages`;
  const headers = { ...testServer.login('admin'), 'content-type': 'application/json', ...h2c };
  const request = head(`POST ${path}`, { ...headers, 'content-length': body.length });
  for (const piece of pieces(request, body)) {
    client.send(piece);
    await new Promise(setImmediate);
  }
  expect(await client.until(/\}$/)).toMatch(/^HTTP\/1\.1 201 .*"body":"hello"/s);
});

test('nothing went wrong inside', () => {
  expect(testServer.problems).toEqual([]);
});

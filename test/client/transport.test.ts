import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createClient } from '../../src/client/index.ts';

interface Seen {
  line: string;
  login: string | undefined;
  body: string;
}

/** A server that answers everything alike, and what it was asked. */
async function answering(status: number, answer: string) {
  const seen: Seen[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const { method, url, headers } = request;
    seen.push({ line: `${method} ${url}`, login: headers.authorization, body: await text(request) });
    response.writeHead(status, { 'content-type': 'application/json' }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { seen, client: createClient({ url: `http://127.0.0.1:${port}`, token: 'secret' }) };
}

describe('what is asked', () => {
  type Client = ReturnType<typeof createClient>;
  test.each<[string, (client: Client) => Promise<unknown>, string]>([
    ['threads', (client) => client.threads.list(), 'GET /api/messenger/threads'],
    ['a page', (client) => client.messages.before('t', 'm'), 'GET /api/messenger/threads/t/messages/page/m'],
    ['a message', (client) => client.messages.send('t', 'hi'), 'POST /api/messenger/threads/t/messages'],
    ['a change', (client) => client.messages.edit('t', 'm', 'ho'), 'PUT /api/messenger/threads/t/messages/m'],
    [
      'verdicts',
      (client) => client.messages.verdicts('t', 'm'),
      'GET /api/messenger/threads/t/messages/m/verdicts',
    ],
    [
      'a reaction',
      (client) => client.reactions.add('t', 'm', ':joy:'),
      'POST /api/messenger/threads/t/messages/m/reactions',
    ],
    [
      'an action',
      (client) => client.actions.create('t', 'b', { handler: 'hello' }),
      'POST /api/messenger/threads/t/bots/b/actions',
    ],
    [
      'a form',
      (client) => client.handlers.form('t', 'b', 'a/b'),
      'GET /api/messenger/threads/t/bots/b/add-handlers/a%2Fb',
    ],
    [
      'written parameters',
      (client) => client.handlers.attach('t', 'b', 'a/b', { values: {}, texts: {} }),
      'POST /api/messenger/threads/t/bots/b/add-handlers/a%2Fb',
    ],
    [
      'a package',
      (client) => client.packages.install('t', 'games'),
      'POST /api/messenger/threads/t/bots/packages',
    ],
    [
      'a file',
      (client) => client.files.upload('t', 'image', 'a.png', new Uint8Array(1)),
      'POST /api/messenger/threads/t/images',
    ],
    [
      'an admin',
      (client) => client.participants.promote('t', 'p'),
      'POST /api/messenger/threads/t/participants/p/promote',
    ],
    [
      'a retry',
      (client) => client.failures.retry('t', 'r'),
      'POST /api/messenger/threads/t/failed-runs/r/retry',
    ],
  ])('%s', async (_, ask, line) => {
    const { seen, client } = await answering(200, '{}');
    await ask(client);
    expect(seen).toMatchObject([{ line, login: 'Bearer secret' }]);
  });

  test('a message has a temporary id, and what it answers', async () => {
    const { seen, client } = await answering(201, '{"id":"m"}');
    expect(await client.messages.send('t', 'hi', { replyTo: 'q' })).toEqual({ id: 'm' });
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      message: 'hi',
      temporary_id: expect.any(String),
      reply_to_id: 'q',
    });
  });

  test('some settings are changed by sending all of them', async () => {
    const settings = { name: 'ops', chat_bots: false, knocks: true };
    const { seen, client } = await answering(200, JSON.stringify(settings));
    await client.threads.changeSettings('t', { chat_bots: true });
    expect(JSON.parse(seen[1]?.body ?? '')).toEqual({ subject: 'ops', chat_bots: true, knocks: true });
  });
});

/** A server that breaks the connection as often as it is said, then answers in turn; the keys it was sent. */
async function breaking(
  times: number,
  ...answers: Array<[status: number, headers?: Record<string, string>]>
) {
  const keys: unknown[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    await text(request);
    keys.push(request.headers['idempotency-key']);
    const [status, headers] = answers[keys.length - 1 - times] ?? [201];
    if (keys.length <= times) request.socket.destroy();
    else response.writeHead(status, headers).end('{"id":"m"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { keys, client: createClient({ url: `http://127.0.0.1:${port}`, token: 'secret' }) };
}

describe('what is sent again', () => {
  test('a message whose answer was lost, with the same key', async () => {
    const { keys, client } = await breaking(2);
    expect(await client.messages.send('t', 'hi')).toEqual({ id: 'm' });
    expect(keys).toHaveLength(3);
    expect(new Set(keys)).toEqual(new Set([expect.stringMatching(/^"[0-9a-f-]{36}"$/)]));
  });

  test('a file, too', async () => {
    const { keys, client } = await breaking(1);
    await client.files.upload('t', 'image', 'a.png', new Uint8Array(1));
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  test('a message that is still being stored', async () => {
    const { keys, client } = await breaking(0, [409, { 'retry-after': '1' }], [201]);
    expect(await client.messages.send('t', 'hi')).toEqual({ id: 'm' });
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
  });

  test('no refusal, and nothing that asks for no storing', async () => {
    const { keys, client } = await breaking(0, [409], [422], [200]);
    await expect(client.messages.send('t', 'hi')).rejects.toMatchObject({ status: 409 });
    await expect(client.messages.send('t', 'hi')).rejects.toMatchObject({ status: 422 });
    await client.messages.newest('t');
    expect([new Set(keys).size, keys[2]]).toEqual([3, undefined]);
  });
});

describe('what is answered', () => {
  test('a refusal is an error with its sentence and those by field', async () => {
    const answer = { message: 'Reply is required.', errors: { 'replies.0': ['Reply is required.'] } };
    const { client } = await answering(422, JSON.stringify(answer));
    const asked = client.actions.create('t', 'b', { handler: 'hello' });
    await expect(asked).rejects.toMatchObject({ name: 'ApiError', status: 422, ...answer });
  });

  test('an answer that is no JSON is told by its status', async () => {
    const { client } = await answering(502, '<html>');
    await expect(client.threads.list()).rejects.toMatchObject({ message: 'The daemon answered with 502.' });
  });

  test('an empty answer is null', async () => {
    const { client } = await answering(204, '');
    expect(await client.messages.remove('t', 'm')).toBeNull();
  });

  test('nobody there is an error of its own', async () => {
    const client = createClient({ url: 'http://127.0.0.1:1', token: 'x' });
    await expect(client.threads.list()).rejects.toMatchObject({ status: 0, isUnreachable: true });
  });
});

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
      (client) => client.actions.create('t', 'b', {}),
      'POST /api/messenger/threads/t/bots/b/actions',
    ],
    [
      'a form',
      (client) => client.handlers.form('t', 'b', 'a/b'),
      'GET /api/messenger/threads/t/bots/b/add-handlers/a%2Fb',
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

describe('what is answered', () => {
  test('a refusal is an error with its sentence and those by field', async () => {
    const answer = { message: 'Reply is required.', errors: { 'replies.0': ['Reply is required.'] } };
    const { client } = await answering(422, JSON.stringify(answer));
    const asked = client.actions.create('t', 'b', {});
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

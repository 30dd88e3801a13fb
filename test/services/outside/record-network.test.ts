import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { type Exchange, recordNetwork } from '../../../src/services/outside/record-network.ts';
import { rejection } from '../../support/sandbox.ts';

const request = {
  method: 'POST',
  headers: { 'x-key': 'k' },
  redirect: 'follow',
  body: Buffer.from('why'),
} as const;
const { signal } = new AbortController();

async function serve(): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    outgoing.writeHead(201, { 'x-from': 'server' });
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}/echo` : '';
}

test('a request is sent, and reported with its answer', async () => {
  const exchanges: Exchange[] = [];
  const url = await serve();
  const answer = await recordNetwork((exchange) => exchanges.push(exchange)).answer(
    { ...request, url },
    signal,
  );
  expect(answer).toMatchObject({ status: 201, headers: { 'x-from': 'server' } });
  expect(Buffer.from(answer.body).toString()).toBe('why');
  expect(Object.keys(answer.headers).sort()).toEqual(['date', 'x-from']);
  expect(exchanges).toEqual([{ request: { ...request, url }, answer }]);
});

test('a request that cannot be sent fails with the reason, and is reported with it', async () => {
  const exchanges: Exchange[] = [];
  const network = recordNetwork((exchange) => exchanges.push(exchange));
  const asked = { ...request, url: 'http://127.0.0.1:1/' };
  const error = await rejection(network.answer(asked, signal));
  expect(error.message).toMatch(/bad port|ECONNREFUSED/);
  expect(exchanges).toEqual([{ request: asked, failure: error.message }]);
});

test('a request that its handler gives up is not reported', async () => {
  const network = recordNetwork(() => expect.unreachable());
  const ended = AbortSignal.abort(new Error('the handler has ended'));
  const error = await rejection(network.answer({ ...request, url: await serve() }, ended));
  expect(error.message).toBe('the handler has ended');
});

test('an answer that is larger than what is recorded fails', async () => {
  const server = createServer((_, response) => response.end(Buffer.alloc(16 * 1024 * 1024 + 1)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}/` : '';
  const error = await rejection(recordNetwork(() => {}).answer({ ...request, url }, signal));
  expect(error.message).toContain('larger than 16 MB');
});

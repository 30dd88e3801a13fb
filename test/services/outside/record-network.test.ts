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

test('a request that cannot be sent fails with the reason, and is not reported', async () => {
  const network = recordNetwork(() => expect.unreachable());
  const error = await rejection(network.answer({ ...request, url: 'http://127.0.0.1:1/' }, signal));
  expect(error.message).toMatch(/bad port|ECONNREFUSED/);
});

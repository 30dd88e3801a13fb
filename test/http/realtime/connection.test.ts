import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { textFrame } from '../../../src/http/realtime/batch.ts';
import { Connection } from '../../../src/http/realtime/connection.ts';
import { errorMessage, protocolErrors } from '../../../src/http/realtime/protocol.ts';

/** A connection, how often it writes, and what its client receives before the connection ends. */
async function connect() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const received: string[] = [];
  client.on('message', (message) => received.push(String(message)));
  const [request, raw, head] = await once(server, 'upgrade');
  const connection: Connection = await new Promise((resolve) => {
    new WebSocketServer({ noServer: true }).handleUpgrade(request, raw, head, (socket) =>
      resolve(new Connection(socket, raw, '')),
    );
  });
  const end = once(client, 'close').then(([code]) => ({ code, received }));
  return { connection, write: vi.spyOn(raw, 'write'), end };
}

const turn = () => new Promise(setImmediate);

test('what is sent in one turn of the event loop is written at once, in order', async () => {
  const { connection, write, end } = await connect();
  connection.send('one');
  connection.sendFrame(textFrame('two'));
  connection.send('three');
  expect(write).not.toHaveBeenCalled();
  await turn();
  expect(write).toHaveBeenCalledTimes(1);
  connection.send('four');
  await turn();
  expect(write).toHaveBeenCalledTimes(2);
  connection.close(protocolErrors.revoked);
  expect((await end).received.slice(0, 4)).toEqual(['one', 'two', 'three', 'four']);
});

test('what was sent before the end is received before it', async () => {
  const { connection, end } = await connect();
  connection.send('last words');
  connection.close(protocolErrors.revoked);
  connection.send('too late');
  const error = errorMessage(protocolErrors.revoked);
  expect(await end).toEqual({ code: 4009, received: ['last words', error] });
});

test('much is written in parts', async () => {
  const { connection, write, end } = await connect();
  const text = 'x'.repeat(40_000);
  connection.send(text);
  connection.send(text);
  expect(write).toHaveBeenCalledTimes(1);
  connection.close(protocolErrors.revoked);
  expect((await end).received.slice(0, 2)).toEqual([text, text]);
});

import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { TestScreen } from '../support/test-screen.ts';

/** Stands before a server; while `isBroken` it hands on what it is sent, and breaks the connection over the answer. */
async function openProxy(url: string) {
  const line = { isBroken: false };
  const server = createServer(async (incoming: IncomingMessage, response) => {
    const body = await buffer(incoming);
    const { method = '', url: path = '', headers } = incoming;
    const onward = request(new URL(path, url), { method, headers }, async (answer) => {
      const bytes = await buffer(answer);
      if (line.isBroken) incoming.socket.destroy();
      else response.writeHead(answer.statusCode ?? 500, answer.headers).end(bytes);
    });
    onward.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { line, url: `http://127.0.0.1:${port}` };
}

test('a text that is sent again by hand, since no answer came, is one message', async () => {
  const screen = await TestScreen.open({}, onTestFinished);
  const address = screen.controller.address;
  if (address === undefined) throw new Error('The desk is at no daemon.');
  const { line, url } = await openProxy(address.url);
  screen.controller.address = { ...address, url };
  line.isBroken = true;
  await screen.type('only once');
  expect(screen.state.unanswered).toMatchObject({ text: 'only once' });
  line.isBroken = false;
  await screen.type('only once');
  await screen.type('something else');
  await screen.type('only once');
  expect(await screen.testGroup.written()).toEqual([
    'Ada: only once',
    'Ada: something else',
    'Ada: only once',
  ]);
});

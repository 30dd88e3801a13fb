import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { ControlSocket } from '../../src/daemon/control-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Routes = ConstructorParameters<typeof ControlSocket>[1];

/** A control socket in a folder of its own, and the errors it reported. */
async function open(routes: Routes = {}) {
  const socket = path.join(temporaryFolder(), 'private', 'daemon.sock');
  const errors: unknown[] = [];
  const server = new ControlSocket(socket, routes, (error) => errors.push(error));
  await server.open();
  onTestFinished(() => server.close());
  return { socket, server, errors };
}

/** Sends a request; the status, the type and the text of its answer. */
const call = (socketPath: string, line: string, body = '') =>
  new Promise<[number | undefined, string | undefined, string]>((resolve, reject) => {
    const [method, url] = line.split(' ');
    request({ socketPath, method, path: url }, async (response) => {
      resolve([response.statusCode, response.headers['content-type'], await text(response)]);
    })
      .on('error', reject)
      .end(body);
  });
const json = 'application/json';

test.each<[string, string, Routes[string], [number, string, string]]>([
  ['an object is answered as JSON', 'GET /a', () => ({ a: '漢' }), [200, json, '{"a":"漢"}']],
  ['nothing is answered as an empty object', 'POST /a', () => undefined, [200, json, '{}']],
  ['a promise is awaited', 'GET /a', async () => [1], [200, json, '[1]']],
  [
    'a stream is sent line by line',
    'GET /a',
    () => Readable.from(['1\n', '2\n']),
    [200, 'application/x-ndjson', '1\n2\n'],
  ],
])('%s', async (_, line, route, expected) => {
  const { socket, errors } = await open({ [line]: route });
  expect(await call(socket, line)).toEqual(expected);
  expect(errors).toEqual([]);
});

test('a request brings lines of any number', async () => {
  const { socket } = await open({
    'POST /events': async (lines) => {
      const received: string[] = [];
      for await (const line of lines) received.push(line);
      return { lines: received };
    },
  });
  expect((await call(socket, 'POST /events', '{"a":1}\n{"b":2}'))[2]).toBe(
    '{"lines":["{\\"a\\":1}","{\\"b\\":2}"]}',
  );
  expect((await call(socket, 'POST /events'))[2]).toBe('{"lines":[]}');
});

test.each(['GET /nothing', 'POST /status', 'GET /status?all'])(
  '%s is no request that the daemon knows',
  async (line) => {
    const { socket, errors } = await open({ 'GET /status': () => ({}) });
    expect(await call(socket, line)).toEqual([404, json, '{"message":"There is no such request."}']);
    expect(errors).toEqual([]);
  },
);

test('an error is reported here, and no detail of it is sent', async () => {
  const broken = new Error('secret');
  const fail = () => {
    throw broken;
  };
  const { socket, errors } = await open({ 'GET /a': fail });
  const [status, , answer] = await call(socket, 'GET /a');
  expect([status, answer]).toEqual([500, '{"message":"The daemon could not do it; see its log."}']);
  expect(errors).toEqual([broken]);
});

test('a stream ends when its reader has gone', async () => {
  const lines = new Readable({ read() {} });
  const { socket } = await open({ 'GET /lines': () => lines });
  const closed = new Promise((resolve) => lines.once('close', resolve));
  const asked = request({ socketPath: socket, path: '/lines' }, () => asked.destroy()).on('error', () => {});
  asked.end();
  await closed;
  expect(lines.destroyed).toBe(true);
});

test.skipIf(process.platform === 'win32')(
  'only the owner can use the socket or look into its folder',
  async () => {
    const { socket } = await open();
    const modes = [socket, path.dirname(socket)].map((file) => statSync(file).mode & 0o777);
    expect(modes).toEqual([0o600, 0o700]);
  },
);

test.skipIf(process.platform === 'win32')(
  'the file goes with the server, unless it belongs to another one by then',
  async () => {
    const { socket, server } = await open();
    await server.close();
    expect(existsSync(socket)).toBe(false);

    const other = await open();
    rmSync(other.socket);
    writeFileSync(other.socket, 'of a newer daemon');
    await other.server.close();
    expect(existsSync(other.socket)).toBe(true);
  },
);

test('a socket whose file was removed can be opened again', async () => {
  const { socket, server } = await open({ 'GET /a': () => ({}) });
  rmSync(socket);
  await server.open();
  expect((await call(socket, 'GET /a'))[0]).toBe(200);
});

test('a socket that is closed while it opens stays closed', async () => {
  const { socket, server } = await open();
  const opening = server.open();
  await server.close();
  await opening;
  await expect(call(socket, 'GET /a')).rejects.toMatchObject({ code: 'ENOENT' });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { daemonWorkspace } from '../support/daemons.ts';
import { samples } from '../support/file-bytes.ts';
import { messenger } from '../support/messenger.ts';
import { head, multipart, part } from '../support/raw-http.ts';

/** How many descriptors the daemon may have: a few more than it needs. */
const descriptors = 100;

/** A daemon that may open few files. */
async function start(folder: string) {
  const command = `ulimit -n ${descriptors}; exec "$0" "$@"`;
  const words = [process.execPath, packageFile('bin/messenger.js'), 'serve', '--json', '--quiet'];
  const child = spawn('sh', ['-c', command, ...words], { cwd: folder });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  return { pid: child.pid ?? 0, url: String(JSON.parse(line).url) };
}

const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

/** A connection that stays open, over which one request is sent after the other. */
async function keptAlive(url: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('latin1');
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  let received = '';
  let wake = () => {};
  socket.on('data', (text: string) => {
    received += text;
    wake();
  });
  /** Sends a request and gives its status, once the whole answer has come. */
  return async (request: string): Promise<number> => {
    received = '';
    socket.write(request, 'latin1');
    for (;;) {
      const [, length, body] = /content-length: (\d+)\r\n(?:.*?\r\n)?\r\n(.*)$/is.exec(received) ?? [];
      if (length !== undefined && body?.length === Number(length)) return Number(received.slice(9, 12));
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
}

test('a moment without file descriptors breaks nothing for longer than it lasts', async () => {
  const { folder } = daemonWorkspace({}, { http: { port: 0, limits: { connections: 1_000 } } });
  const { token } = JSON.parse((await messenger(folder, ['user:token', 'Ada', '--json'])).stdout);
  const { pid, url } = await start(folder);
  const login = { authorization: `Bearer ${token}` };
  const json = { ...login, 'content-type': 'application/json' };
  const post = async (path: string, body: object): Promise<{ id: string }> => {
    const init = { method: 'POST', headers: json, body: JSON.stringify(body) };
    return (await (await fetch(`${url}/api/messenger${path}`, init)).json()) as { id: string };
  };
  const { id } = await post('/groups', { subject: 'Lounge' });
  const message = await post(`/threads/${id}/messages`, { message: 'hello', temporary_id: '1' });
  const path = `/api/messenger/threads/${id}`;

  const picture = samples.png.toString('latin1');
  const body = `${part('image', picture, 'a.png')}${part('temporary_id', '2')}--x--\r\n`;
  const upload = `${head(`POST ${path}/images`, { ...login, ...multipart, 'content-length': body.length })}${body}`;
  const reaction = (text: string) => {
    const sent = JSON.stringify({ reaction: text });
    const headers = { ...json, 'content-length': sent.length };
    return `${head(`POST ${path}/messages/${message.id}/reactions`, headers)}${sent}`;
  };

  const ask = await keptAlive(url);
  expect(await ask(head(`GET ${path}`, login))).toBe(200);
  const flood: Socket[] = [];
  while (openFiles(pid) < descriptors) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => {});
    flood.push(socket);
    await once(socket, 'connect');
  }
  expect(await ask(upload)).toBe(503);
  expect(await ask(reaction(':joy:'))).toBe(201);
  for (const socket of flood) socket.destroy();
  // Whoever connects now is served, so the others are gone.
  expect((await fetch(`${url}/docs`)).status).toBe(200);
  expect(await ask(upload)).toBe(201);
  expect(await ask(reaction(':wave:'))).toBe(201);
});

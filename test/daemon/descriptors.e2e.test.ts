import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { exactBot } from '../support/bot-source.ts';
import { daemonWorkspace } from '../support/daemons.ts';
import { samples } from '../support/file-bytes.ts';
import { spawnMessenger } from '../support/messenger.ts';
import { head, multipart, part } from '../support/raw-http.ts';

/** How many descriptors the daemon may have: a few more than it needs. */
const descriptors = 100;

/** Reads a file of its own. */
const reading = `
  const fs = await import('node:fs');
  fs.readFileSync(new URL(import.meta.url));
  await this.composer().message('read it');`;

/** Uses up all descriptors there are, and counts how often it does. */
const leaking = `
  const fs = await import('node:fs');
  fs.appendFileSync(new URL('../starts', import.meta.url), '.');
  for (;;) fs.openSync(new URL(import.meta.url), 'r');`;

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

const withBots = {
  ...{ subject: 'Lounge', add_participants: true, messaging: true, knocks: true, invitations: true },
  chat_bots: true,
};

/** A daemon with few descriptors, a group in it, and its admin Ada, who asks over one connection. */
async function lounge(bots: Record<string, string>) {
  const { folder } = daemonWorkspace(bots, { http: { port: 0, limits: { connections: 1_000 } } });
  const { token } = JSON.parse((await spawnMessenger(folder, ['user:token', 'Ada', '--json'])).stdout);
  const { pid, url } = await start(folder);
  const login = { authorization: `Bearer ${token}` };
  const json = { ...login, 'content-type': 'application/json' };
  const post = async (path: string, body: object): Promise<{ id: string }> => {
    const init = { method: 'POST', headers: json, body: JSON.stringify(body) };
    return (await (await fetch(`${url}/api/messenger${path}`, init)).json()) as { id: string };
  };
  const { id } = await post('/groups', { subject: 'Lounge' });
  const base = `/api/messenger/threads/${id}`;
  const ask = await keptAlive(url);
  expect(await ask(head(`GET ${base}`, login))).toBe(200);
  const sending = (to: string, body: object, method = 'POST'): string => {
    const sent = JSON.stringify(body);
    return `${head(`${method} ${base}${to}`, { ...json, 'content-length': sent.length })}${sent}`;
  };
  const read = async () =>
    (await (await fetch(`${url}${base}/messages`, { headers: login })).json()) as {
      data: Array<{ body: string }>;
    };
  return {
    folder,
    pid,
    url,
    id,
    base,
    login,
    post,
    ask,
    sending,
    bodies: async () =>
      (await read()).data
        .map(({ body }) => body)
        .reverse()
        .filter((body) => !/LoungeBot|created/.test(body)),
  };
}

/** Connections that leave a daemon without descriptors. */
class Flood {
  readonly #daemon: { pid: number; url: string };
  readonly #sockets: Socket[] = [];

  constructor(daemon: { pid: number; url: string }) {
    this.#daemon = daemon;
  }

  /** Connects until the daemon can open nothing more. What it had open for a moment may be free again afterwards. */
  async fill(): Promise<void> {
    const { pid, url } = this.#daemon;
    while (openFiles(pid) < descriptors) {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.on('error', () => {});
      this.#sockets.push(socket);
      await once(socket, 'connect');
    }
  }

  release(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

test('a moment without file descriptors breaks nothing for longer than it lasts', async () => {
  const { pid, url, id, base, login, post, ask, sending } = await lounge({});
  const message = await post(`/threads/${id}/messages`, { message: 'hello', temporary_id: '1' });

  const picture = samples.png.toString('latin1');
  const body = `${part('image', picture, 'a.png')}${part('temporary_id', '2')}--x--\r\n`;
  const upload = `${head(`POST ${base}/images`, { ...login, ...multipart, 'content-length': body.length })}${body}`;
  const reaction = (text: string) => sending(`/messages/${message.id}/reactions`, { reaction: text });

  const flood = new Flood({ pid, url });
  const uploadInFlood = async () => {
    await flood.fill();
    return ask(upload);
  };
  await expect.poll(uploadInFlood, { timeout: 30_000 }).toBe(503);
  expect(await ask(reaction(':joy:'))).toBe(201);
  flood.release();
  // Whoever connects now is served, so the others are gone.
  expect((await fetch(`${url}/docs`)).status).toBe(200);
  expect(await ask(upload)).toBe(201);
  expect(await ask(reaction(':wave:'))).toBe(201);
});

test('a handler that uses up all descriptors of its process fails alone; another one has its own', async () => {
  const bots = { 'Read.ts': exactBot('Read', 'hi', reading), 'Leak.ts': exactBot('Leak', 'leak', leaking) };
  const { folder, id, ask, sending, bodies } = await lounge(bots);
  expect(await ask(sending('/settings', withBots, 'PUT'))).toBe(200);
  for (const handler of ['read', 'leak']) {
    expect(await spawnMessenger(folder, ['attach', handler, '--thread', id, '--as', 'Ada'])).toMatchObject({
      code: 0,
    });
  }
  const send = (text: string) => ask(sending('/messages', { message: text, temporary_id: text }));
  expect(await send('leak')).toBe(201);
  const failed = async () => (await spawnMessenger(folder, ['failed', '--json'])).stdout;
  await expect.poll(failed, { timeout: 60_000 }).toContain('EMFILE');
  // Among others it may be another one that uses them up, so each of the three starts is repeated alone.
  const starts = readFileSync(path.join(folder, 'starts'), 'utf8').length;
  expect(starts).toBeGreaterThanOrEqual(4);
  expect(starts).toBeLessThanOrEqual(6);
  expect(await send('hi')).toBe(201);
  await expect.poll(bodies, { timeout: 60_000 }).toEqual(['leak', 'hi', 'read it']);
});

import { createServer, type RequestListener } from 'node:http';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DaemonWatch } from '../../../src/cli/simulate/daemon-watch.ts';
import type { DaemonInfo } from '../../../src/daemon/info.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A control socket that answers as it is told. */
async function controlSocket(answer: RequestListener): Promise<{ daemon: DaemonInfo; end: () => void }> {
  const socket = path.join(temporaryFolder(), 'control.sock');
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  const end = () => {
    server.close();
    server.closeAllConnections();
  };
  onTestFinished(end);
  const realtime = { url: '', key: '' };
  return { daemon: { pid: 1, startedAt: '', socket, url: '', realtime, asked: {} }, end };
}

function watching(daemon: DaemonInfo) {
  const end = new AbortController();
  onTestFinished(() => end.abort());
  const gone: string[] = [];
  const opened = DaemonWatch.open(daemon, {
    onEvent: () => {},
    onGone: () => gone.push('gone'),
    signal: end.signal,
  });
  return { opened, gone, end };
}

/** A daemon that sends no events, and answers a request for one with a status. */
const silent =
  (status: number): RequestListener =>
  ({ method }, response) => {
    if (method === 'GET') response.writeHead(200).flushHeaders();
    else response.writeHead(status).end('{}');
  };

test('a daemon without an event stream is reported, and not looked for again and again', async () => {
  const { daemon } = await controlSocket((_, response) => response.writeHead(404).end());
  const { opened, gone } = watching(daemon);
  await expect(opened).rejects.toMatchObject({ code: 'DAEMON_SILENT' });
  expect(gone).toEqual([]);
});

test('who waits for idle bots gets an error when the daemon cannot find out', async () => {
  const { daemon } = await controlSocket(silent(500));
  const watch = await watching(daemon).opened;
  await expect(watch.idle('thread')).rejects.toMatchObject({ code: 'DAEMON_SILENT' });
});

test('who waits for idle bots goes on when the daemon has gone', async () => {
  const { daemon, end } = await controlSocket(silent(200));
  const { opened, gone } = watching(daemon);
  const idle = (await opened).idle('thread');
  end();
  expect(await idle).toBe(false);
  expect(gone).toEqual(['gone']);
});

test('who waits for idle bots goes on when the simulation ends', async () => {
  const { daemon } = await controlSocket(silent(200));
  const { opened, gone, end } = watching(daemon);
  const watch = await opened;
  const idle = watch.idle('thread');
  end.abort();
  expect([await idle, await watch.idle('thread')]).toEqual([false, false]);
  expect(gone).toEqual([]);
});

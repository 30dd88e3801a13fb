import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { askStatus } from '../../src/daemon/control-client.ts';
import { ControlSocket } from '../../src/daemon/control-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a daemon that cannot tell its state is no answer', async () => {
  const socket = path.join(temporaryFolder(), 'daemon.sock');
  const errors: unknown[] = [];
  const broken = new Error('The database is gone.');
  const routes = { 'GET /status': () => Promise.reject(broken) };
  const server = new ControlSocket(socket, routes, (error) => errors.push(error));
  await server.open();
  onTestFinished(() => server.close());
  const info = { pid: 4711, startedAt: '', socket, url: '', realtime: { url: '', key: '' }, asked: {} };
  await expect(askStatus(info)).rejects.toMatchObject({ code: 'DAEMON_SILENT' });
  expect(errors).toEqual([broken]);
});

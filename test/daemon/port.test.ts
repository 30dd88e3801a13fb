import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../src/daemon/serve.ts';
import { daemonWorkspace, logOf } from '../support/daemons.ts';

/** A port that another program has, until the test ends. */
async function takenPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens on no port.');
  return address.port;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('It listened on no port.');
  return address.port;
}

async function start(ports: { port?: number; preferredPort?: number }) {
  const workspace = daemonWorkspace({});
  const daemon = await serve({ workspace, onStop: () => {}, ...ports });
  onTestFinished(() => daemon.close());
  return { ...daemon, workspace, port: Number(new URL(daemon.info.url).port) };
}

test('of three daemons that start at once one has the port, and the others say that it is taken', async () => {
  const preferredPort = await freePort();
  const daemons = await Promise.all([1, 2, 3].map(() => start({ preferredPort })));
  expect(daemons.filter(({ port }) => port === preferredPort)).toHaveLength(1);
  expect(daemons.filter(({ takenPort }) => takenPort === preferredPort)).toHaveLength(2);
  expect(new Set(daemons.map(({ port }) => port)).size).toBe(3);
});

test('a port that nobody chose and that is taken is told of in the log', async () => {
  const preferredPort = await takenPort();
  const { port, workspace } = await start({ preferredPort });
  expect(port).not.toBe(preferredPort);
  expect(logOf(workspace)).toContainEqual(
    expect.objectContaining({ takenPort: preferredPort, level: 'warn' }),
  );
});

test('a port that somebody chose and that is taken is an error', async () => {
  const port = await takenPort();
  await expect(start({ port })).rejects.toMatchObject({ code: 'ADDRESS_UNUSABLE' });
});

import { existsSync, statSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import type { Workspace } from '../../src/config/workspace.ts';
import { type DaemonInfo, findDaemon, removeDaemonInfo, writeDaemonInfo } from '../../src/daemon/info.ts';
import { lockFolder } from '../../src/daemon/lock.ts';
import { daemonPaths } from '../../src/daemon/paths.ts';
import { makeWorkspace } from '../support/workspace.ts';

const info: DaemonInfo = {
  pid: process.pid,
  startedAt: '2026-01-01T00:00:00.000000Z',
  socket: '/tmp/daemon.sock',
  url: 'http://127.0.0.1:4711',
  realtime: { url: 'ws://127.0.0.1:4711', key: 'key' },
  asked: { port: 4711 },
};

/** A workspace that this process has locked, as a daemon does. */
function locked(): Workspace {
  const workspace = makeWorkspace();
  const lock = lockFolder(workspace.data, 'serve');
  onTestFinished(() => lock.close());
  return workspace;
}
const fileOf = ({ data }: Workspace) => daemonPaths(data).info;

test('a daemon is found by what it wrote, which only its owner may read', () => {
  const workspace = locked();
  expect(findDaemon(workspace)).toBeUndefined();
  writeDaemonInfo(workspace, info);
  expect(findDaemon(workspace)).toEqual(info);
  if (process.platform !== 'win32') expect(statSync(fileOf(workspace)).mode & 0o777).toBe(0o600);
});

test('what another process of the workspace left behind is ignored', () => {
  const workspace = locked();
  writeDaemonInfo(workspace, { ...info, pid: process.pid + 1 });
  expect(findDaemon(workspace)).toBeUndefined();
  removeDaemonInfo(workspace);
  expect(existsSync(fileOf(workspace))).toBe(true);
});

test('what a crashed daemon left behind is ignored, for its lock went with it', () => {
  const workspace = makeWorkspace();
  lockFolder(workspace.data, 'serve').close();
  writeDaemonInfo(workspace, info);
  expect(findDaemon(workspace)).toBeUndefined();
});

test.each(['', '{"pid":', 'null'])('a file with %j is no daemon', (text) => {
  const workspace = locked();
  writeFileSync(fileOf(workspace), text);
  expect(findDaemon(workspace)).toBeUndefined();
  expect(() => removeDaemonInfo(workspace)).not.toThrow();
});

test('what a daemon wrote goes with it', () => {
  const workspace = locked();
  writeDaemonInfo(workspace, info);
  removeDaemonInfo(workspace);
  expect(existsSync(fileOf(workspace))).toBe(false);
  expect(() => removeDaemonInfo(workspace)).not.toThrow();
});

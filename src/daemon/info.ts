import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Workspace } from '../config/workspace.ts';
import { lockOwner } from './lock.ts';
import { daemonPaths } from './paths.ts';

/** A running daemon, as others find it. */
export interface DaemonInfo {
  pid: number;
  /** When it was ready. */
  startedAt: string;
  /** The socket or pipe it is controlled through. */
  socket: string;
  /** Where its HTTP API is: `http://127.0.0.1:4711`. */
  url: string;
  /** Where realtime clients connect, and the key they name. */
  realtime: { url: string; key: string };
  /** What its command line said of its address: `restart` says it again. */
  asked: { host?: string; port?: number };
}

/** Tells where this daemon is reached; only its owner may read it. */
export function writeDaemonInfo(workspace: Workspace, info: DaemonInfo): void {
  const file = daemonPaths(workspace.data).info;
  writeFileSync(file, JSON.stringify(info), { mode: 0o600 });
  chmodSync(file, 0o600);
}

/** A daemon that ends is not to be found any more. One that has taken its place is. */
export function removeDaemonInfo(workspace: Workspace): void {
  const file = daemonPaths(workspace.data).info;
  if (readInfo(file)?.pid === process.pid) rmSync(file, { force: true });
}

/**
 * The daemon that runs in a workspace; undefined when none does, or when what runs there is no daemon.
 *
 * What a crashed daemon left behind is not believed: the workspace's lock ends with its process, and its owner is
 * another one.
 */
export function findDaemon(workspace: Workspace): DaemonInfo | undefined {
  const owner = lockOwner(workspace.data);
  const info = owner && readInfo(daemonPaths(workspace.data).info);
  return info?.pid === owner?.pid ? info : undefined;
}

function readInfo(file: string): DaemonInfo | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

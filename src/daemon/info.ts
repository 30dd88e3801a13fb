import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Workspace } from '../config/workspace.ts';
import { lockOwner } from './lock.ts';
import { daemonPaths } from './paths.ts';

/** How to find and reach a running daemon. */
export interface DaemonInfo {
  pid: number;
  /** When it became ready. */
  startedAt: string;
  /** The socket or pipe it is controlled through. */
  socket: string;
  /** The address of its HTTP API: `http://127.0.0.1:4711`. */
  url: string;
  /** The address for realtime clients, and their application key. */
  realtime: { url: string; key: string };
  /** The address options of its command line. `restart` uses them again. */
  asked: { host?: string; port?: number };
}

/** Writes how to reach this daemon, in a file that only its owner may read. */
export function writeDaemonInfo(workspace: Workspace, info: DaemonInfo): void {
  const file = daemonPaths(workspace.data).info;
  writeFileSync(file, JSON.stringify(info), { mode: 0o600 });
  chmodSync(file, 0o600);
}

/** Removes the information about this daemon. That of a daemon which replaced it stays. */
export function removeDaemonInfo(workspace: Workspace): void {
  const file = daemonPaths(workspace.data).info;
  if (readInfo(file)?.pid === process.pid) rmSync(file, { force: true });
}

/**
 * The daemon that runs in a workspace; undefined when none does, or when another command has the workspace.
 *
 * Information left behind by a crashed daemon is ignored: the workspace's lock ends with its process, and
 * then has no owner or another one.
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

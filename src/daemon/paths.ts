import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Suffix of a socket's path while the socket is being opened. */
export const newSocketSuffix = '.new';

/** The longest socket path: systems allow 104 to 108 bytes, including this suffix and a terminating zero. */
const maxSocketLength = 99;

/** The paths of a daemon's files, for a workspace's data folder. */
export function daemonPaths(data: string) {
  return {
    /** Which process runs, and how to reach it. */
    info: path.join(data, 'daemon.json'),
    log: path.join(data, 'logs', 'daemon.log'),
    /** Output of a background daemon that did not reach its log. */
    startLog: path.join(data, 'logs', 'start.log'),
    socket: socketOf(data),
  };
}

/** Next to the database if that path is short enough, else in the folder for temporary files. */
function socketOf(data: string): string {
  const beside = path.join(data, 'daemon.sock');
  const name = `messenger-${createHash('sha256').update(data).digest('hex').slice(0, 16)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return Buffer.byteLength(beside) <= maxSocketLength ? beside : path.join(tmpdir(), name, 'daemon.sock');
}

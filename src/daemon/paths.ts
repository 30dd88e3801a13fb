import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Behind the path of a socket while it is being opened. */
export const endingAside = '.new';

/** A longer path is no address of a socket: the system has 104 to 108 bytes for it, with that ending and a zero. */
const longestSocket = 99;

/** The files of a daemon, by the workspace's data folder. */
export function daemonPaths(data: string) {
  return {
    /** Who runs, and where to reach it. */
    info: path.join(data, 'daemon.json'),
    log: path.join(data, 'logs', 'daemon.log'),
    /** What a daemon in the background printed that never came to its log. */
    startLog: path.join(data, 'logs', 'start.log'),
    socket: socketOf(data),
  };
}

/** Beside the database where that is short enough, else in the folder for temporary files. */
function socketOf(data: string): string {
  const beside = path.join(data, 'daemon.sock');
  const name = `messenger-${createHash('sha256').update(data).digest('hex').slice(0, 16)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return Buffer.byteLength(beside) <= longestSocket ? beside : path.join(tmpdir(), name, 'daemon.sock');
}

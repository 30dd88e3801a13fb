import SqliteDatabase from 'better-sqlite3';
import type { Workspace } from '../../src/config/workspace.ts';
import { maxStarts } from '../../src/domain/run.ts';
import { descendantsOf } from '../support/processes.ts';

/** The processes of a daemon in which handlers run, and those that wait for one. */
const hostsOf = (daemon: number): number[] =>
  descendantsOf(daemon)
    .filter(({ command }) => /dist[\\/]sandbox[\\/]/.test(command))
    .map(({ pid }) => pid);

/** Whether a run may not die again: its handler would be blamed for what was done to it. */
function isOneSpared({ database: file }: Workspace): boolean {
  const database = new SqliteDatabase(file, { readonly: true });
  try {
    const query = "select 1 from runs where status = 'running' and starts >= ?";
    return database.prepare(query).get(maxStarts - 1) !== undefined;
  } finally {
    database.close();
  }
}

/**
 * Kills one of a daemon's hosts; whether it did.
 *
 * @param choice which one, of whatever number of them
 */
export function killHost(workspace: Workspace, daemon: number, choice: number): boolean {
  const hosts = hostsOf(daemon);
  const host = hosts[choice % hosts.length];
  if (host === undefined || isOneSpared(workspace)) return false;
  try {
    process.kill(host, 'SIGKILL');
    return true;
  } catch {
    // It has ended meanwhile, with its daemon perhaps.
    return false;
  }
}

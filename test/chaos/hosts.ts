import SqliteDatabase from 'better-sqlite3';
import type { Workspace } from '../../src/config/workspace.ts';
import { maxStarts } from '../../src/domain/run.ts';
import { descendantsOf } from '../support/processes.ts';

/** The processes of a daemon in which handlers run, and those that wait for one. */
const hostsOf = (daemon: number): number[] =>
  descendantsOf(daemon)
    .filter(({ command }) => /dist[\\/]sandbox[\\/]/.test(command))
    .map(({ pid }) => pid);

function count({ database: file }: Workspace, condition: string): number {
  const database = new SqliteDatabase(file, { readonly: true });
  try {
    return Number(database.prepare(`select count(*) from runs where ${condition}`).pluck().get());
  } finally {
    database.close();
  }
}

/** How many runs were handled so far. */
export const countHandled = (workspace: Workspace): number => count(workspace, "status = 'handled'");

/** Whether a run may not die again: its handler would be blamed for what was done to it. */
const isOneSpared = (workspace: Workspace): boolean =>
  count(workspace, `status = 'running' and starts >= ${maxStarts - 1}`) > 0;

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

import { commandLine } from '../command-line.ts';
import { clause, defineError } from './define-error.ts';

/** Errors of the daemon and of the system it runs on. */
export const daemonErrors = {
  ADDRESS_UNUSABLE: defineError(
    500,
    (host: string, port: number, problem: string) =>
      `The server cannot listen on ${host}:${port}: ${clause(problem)}. Nothing was started; use another --port, or 0 for any free port.`,
  ),
  SYSTEM_REFUSED: defineError(
    500,
    (file: string, reason: string) =>
      `${file} cannot be used: ${clause(reason)}. Check the path, its owner and the free space.`,
  ),
  FILES_NOT_REMOVED: defineError(
    500,
    (count: number, examples: readonly string[]) =>
      `${count} ${count === 1 ? 'file' : 'files'} could not be removed: ${examples.join('; ')}${count > examples.length ? '; …' : ''}. They are tried again at the next purge and the next start.`,
  ),
  WORKSPACE_BUSY: defineError(
    409,
    (pid: number, purpose: string) =>
      `"messenger ${purpose}" is already running in this folder as process ${pid}. Two at once would take each other's messages; end that one first.`,
  ),
  DAEMON_NOT_RUNNING: defineError(
    409,
    () => `No daemon is running in this workspace. Start one with "${commandLine('daemon start')}".`,
  ),
  DAEMON_RUNNING: defineError(
    409,
    (pid: number) =>
      `A daemon is already running in this workspace as process ${pid}. "${commandLine('daemon restart')}" restarts it.`,
  ),
  DAEMON_SILENT: defineError(
    504,
    (pid: number) =>
      `The daemon (process ${pid}) does not respond. See "${commandLine('daemon logs')}". "${commandLine('daemon stop --force')}" ends it; what it was doing is done again at the next start.`,
  ),
  CLOCK_REAL: defineError(
    409,
    (pid: number) =>
      `The clock of this daemon (process ${pid}) always shows the real time, because others rely on it. To move a clock, stop the daemon and let the simulation run its own.`,
  ),
  DAEMON_FAILED: defineError(
    500,
    (reason: string) =>
      `The daemon did not start: ${reason || 'its process ended without an error message. Look in .messenger/logs and start it again.'}`,
  ),
};

import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Identifies a process, so that a later one with the same pid is not mistaken for it. */
export interface ProcessIdentity {
  host: string;
  pid: number;
  /** When it started, in the system's own units; empty when the system does not report it. */
  started: string;
}

/** This process. */
export const ownIdentity = (): ProcessIdentity => ({
  host: hostname(),
  pid: process.pid,
  started: startOf(process.pid),
});

/** An identity as one string, for storage. */
export const identityText = ({ host, pid, started }: ProcessIdentity): string => `${host} ${pid} ${started}`;

/** Parses the identity at the beginning of a text; undefined for any other text. */
export function parseIdentity(text: string): ProcessIdentity | undefined {
  const [, host = '', pid = '', started = ''] = /^(\S+) (\d+) (\S*)/.exec(text) ?? [];
  return host === '' ? undefined : { host, pid: Number(pid), started };
}

/** Whether a process runs on this machine and can be checked from here. */
export const isOfThisHost = (identity: ProcessIdentity): boolean => identity.host === hostname();

/** Whether a process is still running. One on another machine cannot be checked and counts as running. */
export function isRunning(identity: ProcessIdentity): boolean {
  if (!isOfThisHost(identity)) return true;
  return processExists(identity.pid) && startOf(identity.pid) === identity.started;
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is running, and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Linux reports the start in field 22 of /proc/PID/stat. Field 2, the name, may hold spaces and brackets. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; its parent has not collected it yet.
    return fields[0] === 'Z' ? 'ended' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

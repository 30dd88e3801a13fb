import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process that can be told from a later one with the same pid. */
export interface ProcessIdentity {
  host: string;
  pid: number;
  /** When it started, in the system's own units; empty where the system does not tell. */
  started: string;
}

/** This process. */
export const ownIdentity = (): ProcessIdentity => ({
  host: hostname(),
  pid: process.pid,
  started: startOf(process.pid),
});

/** An identity as one text, to be stored. */
export const identityText = ({ host, pid, started }: ProcessIdentity): string => `${host} ${pid} ${started}`;

/** The identity a text begins with; undefined for any other text. */
export function parseIdentity(text: string): ProcessIdentity | undefined {
  const [, host = '', pid = '', started = ''] = /^(\S+) (\d+) (\S*)/.exec(text) ?? [];
  return host === '' ? undefined : { host, pid: Number(pid), started };
}

/** Whether a process is one of this machine, so that it can be seen from here. */
export const isOfThisHost = (identity: ProcessIdentity): boolean => identity.host === hostname();

/** Whether a process still runs. One of another machine cannot be seen from here and counts as running. */
export function isRunning(identity: ProcessIdentity): boolean {
  if (!isOfThisHost(identity)) return true;
  return processExists(identity.pid) && startOf(identity.pid) === identity.started;
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Linux tells the start in field 22 of /proc/PID/stat; field 2, the name, may itself hold blanks and brackets. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; only its parent has not looked yet.
    return fields[0] === 'Z' ? 'ended' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

import { readdirSync, readFileSync } from 'node:fs';

/** The environment variable that marks what a worker has started. Child processes inherit it. */
export const markerVariable = 'MESSENGER_WORKER';

interface Running {
  pid: number;
  parent: number;
  group: number;
  /** Read on demand. Empty when the process belongs to another user. */
  readonly environment: string;
}

/**
 * Kills every process whose environment has one of these markers, or a marker that begins with one and a dot,
 * and all descendants, including detached ones and those in another session. Finds none where `/proc` is
 * missing or unreadable. The scan is the expensive part, so pass many markers at once.
 *
 * Files are read synchronously, since Node's thread pool may be blocked.
 *
 * @returns how many were killed
 */
export function killMarked(...markers: readonly string[]): number {
  const variables = markers.flatMap((marker) => [`=${marker}\0`, `=${marker}.`]);
  return killAll((running) => {
    const isMarked = ({ environment }: Running) =>
      variables.some((variable) => `\0${environment}\0`.includes(`\0${markerVariable}${variable}`));
    return withDescendants(running.filter(isMarked), running);
  });
}

/**
 * Kills everything with a marker, and this process with the group that it leads. Without process groups (on
 * Windows) it kills this process alone.
 */
export function endAll(marker: string): void {
  killMarked(marker);
  signal(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL');
}

/**
 * Kills processes with their groups and all descendants. It stops them first, so that they start nothing
 * meanwhile. Without `/proc` it kills their groups only.
 */
export function killTree(...pids: readonly number[]): void {
  for (const pid of pids) signal(pid, 'SIGSTOP');
  const isRoot = ({ pid, group }: Running) => pids.includes(pid) || pids.includes(group);
  killAll((running) => withDescendants(running.filter(isRoot), running));
  for (const pid of pids) {
    signal(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
    signal(pid, 'SIGKILL');
  }
}

/**
 * Kills processes until none is left, because they may start others in the meantime. Spares this process.
 */
function killAll(choose: (running: readonly Running[]) => Iterable<Running>): number {
  const ended = new Set<number>();
  for (let isNew = true; isNew; ) {
    isNew = false;
    for (const { pid } of choose(allRunning())) {
      if (pid === process.pid || ended.has(pid)) continue;
      isNew = true;
      ended.add(pid);
      signal(pid, 'SIGKILL');
    }
  }
  return ended.size;
}

/** A killed parent no longer leads to its children, so descendants are collected in the first scan. */
function withDescendants(roots: readonly Running[], running: readonly Running[]): Set<Running> {
  const children = new Map<number, Running[]>();
  for (const each of running) {
    const siblings = children.get(each.parent);
    if (siblings) siblings.push(each);
    else children.set(each.parent, [each]);
  }
  const found = new Set(roots);
  // Iteration also visits what is added to the set meanwhile.
  for (const { pid } of found) for (const child of children.get(pid) ?? []) found.add(child);
  return found;
}

function allRunning(): Running[] {
  if (process.platform !== 'linux') return [];
  return list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => describe(Number(name)) ?? []);
}

/** Returns nothing when file descriptors run out: ending a worker or a host must not fail then. */
function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Returns undefined for a process that has just ended, or that has ended and is not yet collected. */
function describe(pid: number): Running | undefined {
  const stat = read(`/proc/${pid}/stat`);
  // The name, in brackets, may contain spaces and brackets.
  const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (stat === '' || state === 'Z') return undefined;
  return {
    pid,
    parent: Number(parent),
    group: Number(group),
    get environment() {
      return read(`/proc/${pid}/environ`);
    },
  };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone, or belongs to another user.
  }
}

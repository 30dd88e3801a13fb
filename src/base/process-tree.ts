import { readdirSync, readFileSync } from 'node:fs';

/** The environment variable that tells what a worker has started: whatever that starts inherits it. */
export const markerVariable = 'MESSENGER_WORKER';

interface Running {
  pid: number;
  parent: number;
  group: number;
  /** Empty where it belongs to somebody else. */
  environment: string;
}

/**
 * Ends every process that has one of these markers in its environment, or one that begins with it and a dot, and what
 * descends from those: also what was started detached, or in a session of its own. Where `/proc` is missing or cannot be
 * read, it finds none. To look is the work, so many markers are looked for at once.
 *
 * Files are read at once, not by Node's pool, which may be held up.
 *
 * @returns how many were ended
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
 * Ends what has a marker, and this process, which heads a group, with its group. Where there are no groups (on Windows),
 * it ends this process alone.
 */
export function endAll(marker: string): void {
  killMarked(marker);
  signal(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL');
}

/**
 * Ends processes with their groups and all their descendants. They are stopped first, so that they start nothing
 * meanwhile; where there is no `/proc`, their groups alone are ended.
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

/** Processes start others while they are ended, so it looks again until none is left. This one is spared. */
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

/** What was ended while its descendants lived has lost its place above them: the first look finds those. */
function withDescendants(roots: readonly Running[], running: readonly Running[]): Set<Running> {
  const children = new Map<number, Running[]>();
  for (const each of running) {
    const siblings = children.get(each.parent);
    if (siblings) siblings.push(each);
    else children.set(each.parent, [each]);
  }
  const found = new Set(roots);
  // What is added while the set is gone through is gone through, too.
  for (const { pid } of found) for (const child of children.get(pid) ?? []) found.add(child);
  return found;
}

function allRunning(): Running[] {
  if (process.platform !== 'linux') return [];
  return list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => describe(Number(name)) ?? []);
}

/** Nothing where file descriptors are short: whoever ends a worker or a host must not end by that. */
function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A process that ends meanwhile, or has ended and is not yet waited for, is none. */
function describe(pid: number): Running | undefined {
  const stat = read(`/proc/${pid}/stat`);
  // The name, in brackets, may itself hold blanks and brackets.
  const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (stat === '' || state === 'Z') return undefined;
  return { pid, parent: Number(parent), group: Number(group), environment: read(`/proc/${pid}/environ`) };
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
    // It is gone, or somebody else's.
  }
}

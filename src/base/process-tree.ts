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
 * Ends every process that has a marker in its environment, or one that begins with it and a dot, and what descends from
 * those: also what was started detached, or in a session of its own. Where there is no `/proc`, it finds none.
 *
 * Files are read at once, not by Node's pool, which may be held up.
 *
 * @returns how many were ended
 */
export function killMarked(marker: string): number {
  const variable = `\0${markerVariable}=${marker}`;
  return killAll((running) => {
    const isMarked = ({ environment }: Running) =>
      [`${variable}\0`, `${variable}.`].some((text) => `\0${environment}\0`.includes(text));
    return withDescendants(running.filter(isMarked), running);
  });
}

/**
 * Ends a process with its group and all its descendants. It is stopped first, so that it starts nothing meanwhile;
 * where there is no `/proc`, its group alone is ended.
 */
export function killTree(pid: number): void {
  signal(pid, 'SIGSTOP');
  const isRoot = (one: Running) => one.pid === pid || one.group === pid;
  killAll((running) => withDescendants(running.filter(isRoot), running));
  signal(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  signal(pid, 'SIGKILL');
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
  const names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return names.flatMap((name) => describe(Number(name)) ?? []);
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

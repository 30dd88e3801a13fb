import { readdirSync, readFileSync } from 'node:fs';

/** A running process of this machine, as Linux tells it. */
export interface RunningProcess {
  pid: number;
  parent: number;
  /** Its words, with blanks between them. */
  command: string;
}

/** All processes that run now, without those that have ended and are not yet waited for. */
export function runningProcesses(): RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
}

/** The processes that a process has started, and those started by them. */
export function descendantsOf(pid: number): RunningProcess[] {
  const all = runningProcesses();
  const below = (parent: number): RunningProcess[] =>
    all.filter((each) => each.parent === parent).flatMap((child) => [child, ...below(child.pid)]);
  return below(pid);
}

/** Says, when called, which processes this one has started since now and still run. */
export function watchStarted(): () => RunningProcess[] {
  const before = new Set(descendantsOf(process.pid).map(({ pid }) => pid));
  return () => descendantsOf(process.pid).filter(({ pid }) => !before.has(pid));
}

/** The running processes with a variable in their environment, also those that nobody seems to have started. */
export const markedProcesses = (name: string, value: string): RunningProcess[] =>
  runningProcesses().filter(({ pid }) => environmentOf(pid).includes(`${name}=${value}`));

function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** Undefined where it has ended meanwhile. */
function readProcess(pid: number): RunningProcess | undefined {
  try {
    // The name, in brackets, may hold anything.
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    if (state === 'Z') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, parent: Number(parent), command };
  } catch {
    return undefined;
  }
}

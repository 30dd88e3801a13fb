import { readFileSync } from 'node:fs';

/** Milliseconds of a tick, in which Linux counts the time of processors. */
const tick = 10;

const read = (pid: number, name: string): string => readFileSync(`/proc/${pid}/${name}`, 'utf8');

/** A process and all that it has started. Linux only. */
export function processesOf(pid: number): number[] {
  const children = read(pid, `task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(processesOf)];
}

/** The resident memory of a process in megabytes. */
export const residentMemory = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(read(pid, 'status'))?.[1] ?? 0) / 1_024;

/** How many milliseconds a process has computed so far. */
export function processorTime(pid: number): number {
  const [, fields = ''] = read(pid, 'stat').split(') ');
  const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number);
  return (user + system) * tick;
}

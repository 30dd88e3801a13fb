import { readFileSync } from 'node:fs';

/** The processor time of a process and its threads so far, in milliseconds. Linux counts it in steps of ten. */
export function cpuTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Handlers run in other processes, so what a gate is told by is a file that grows. */
const folder = mkdtempSync(path.join(tmpdir(), 'messenger-gates-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const fileOf = (gate: string): string => path.join(folder, encodeURIComponent(gate));

/** Statements of a handler that come to a gate, do something, and wait until {@link openGate} is called. */
export const waitingBehind = (gate: string, statements: string): string => `
  const { statSync } = await import('node:fs');
  const openings = () => statSync(${JSON.stringify(fileOf(gate))}, { throwIfNoEntry: false })?.size ?? 0;
  const before = openings();
  ${statements}
  while (openings() === before) await new Promise((resolve) => setTimeout(resolve, 10));`;

/**
 * A statement of a handler that waits until {@link openGate} is called: it says `waiting` once it waits, so the
 * test knows when to open.
 */
export const waitingAt = (gate: string): string =>
  waitingBehind(gate, "await this.composer().message('waiting');");

/** Lets all handlers go on that wait at a gate. */
export function openGate(gate: string): void {
  appendFileSync(fileOf(gate), '.');
}

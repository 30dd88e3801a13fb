import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, vi } from 'vitest';

/** Handlers run in other processes, so what a gate is told by is a file that grows. */
const folder = mkdtempSync(path.join(tmpdir(), 'messenger-gates-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const fileOf = (gate: string): string => path.join(folder, encodeURIComponent(gate));
const arrivalsOf = (gate: string): string => `${fileOf(gate)}.arrivals`;

/** Statements of a handler that come to a gate, do something, and wait until {@link openGate} is called. */
export const waitingBehind = (gate: string, statements: string): string => `
  const { appendFileSync, statSync } = await import('node:fs');
  const openings = () => statSync(${JSON.stringify(fileOf(gate))}, { throwIfNoEntry: false })?.size ?? 0;
  const before = openings();
  ${statements}
  appendFileSync(${JSON.stringify(arrivalsOf(gate))}, '.');
  while (openings() === before) await new Promise((resolve) => setTimeout(resolve, 10));`;

/**
 * A statement of a handler that waits until {@link openGate} is called: it says `waiting` once it waits, so the
 * test knows when to open.
 */
export const waitingAt = (gate: string): string =>
  waitingBehind(gate, "await this.composer().message('waiting');");

/** Resolves once a handler waits at a gate. */
export const arrivedAt = (gate: string): Promise<void> =>
  vi.waitFor(() => expect(existsSync(arrivalsOf(gate))).toBe(true), { timeout: 30_000, interval: 10 });

/** Lets all handlers go on that wait at a gate. */
export function openGate(gate: string): void {
  appendFileSync(fileOf(gate), '.');
}

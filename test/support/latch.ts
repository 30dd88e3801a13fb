import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, vi } from 'vitest';

/** Handlers run in other processes, so each latch is a file: it is opened by appending to it. */
const folder = mkdtempSync(path.join(tmpdir(), 'messenger-latches-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const fileOf = (latch: string): string => path.join(folder, encodeURIComponent(latch));
const arrivalsOf = (latch: string): string => `${fileOf(latch)}.arrivals`;

/** Statements of a handler that do something and then wait until {@link openLatch} is called. */
export const waitingAtLatchAfter = (latch: string, statements: string): string => `
  const { appendFileSync, statSync } = await import('node:fs');
  const openings = () => statSync(${JSON.stringify(fileOf(latch))}, { throwIfNoEntry: false })?.size ?? 0;
  const before = openings();
  ${statements}
  appendFileSync(${JSON.stringify(arrivalsOf(latch))}, '.');
  while (openings() === before) await new Promise((resolve) => setTimeout(resolve, 10));`;

/**
 * Statements of a handler that wait until {@link openLatch} is called. Before that they send the message
 * `waiting`, so that the test knows when to open it.
 */
export const waitingAtLatch = (latch: string): string =>
  waitingAtLatchAfter(latch, "await this.composer().message('waiting');");

/** Resolves once a handler waits at a latch. */
export const arrivedAtLatch = (latch: string): Promise<void> =>
  vi.waitFor(() => expect(existsSync(arrivalsOf(latch))).toBe(true), { timeout: 30_000, interval: 10 });

/** Lets all handlers that wait at a latch continue. */
export function openLatch(latch: string): void {
  appendFileSync(fileOf(latch), '.');
}

import { expect, vi } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';

/** Follows the workers that a sandbox starts from now on. */
export function countWorkers(sandbox: Sandbox) {
  const before = sandbox.workers.started;
  return {
    /** How many were started. */
    get count() {
      return sandbox.workers.started - before;
    },
    /** How many there are. */
    get alive() {
      return sandbox.workers.alive;
    },
    /** Resolves once there are none. */
    gone: () => vi.waitFor(() => expect(sandbox.workers.alive).toBe(0), { timeout: 30_000 }),
  };
}

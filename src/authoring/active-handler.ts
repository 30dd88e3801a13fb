import { AsyncLocalStorage } from 'node:async_hooks';
import type { callSite } from './call-site.ts';

/** A handler that answers a message, as what it calls sees it. */
export interface ActiveHandler {
  /** Whether `handle()` has ended: nothing that is asked for now is done. */
  readonly ended: boolean;
  /** Tells that something came too late, or was never awaited. */
  late(what: string, site: ReturnType<typeof callSite>): void;
  /** Whether something thrown is only the refusal of what was told to be late. */
  hasTold(thrown: unknown): boolean;
  /** Tells what was thrown where nobody caught it, after `handle()` had ended. */
  failLate(thrown: unknown): void;
}

/** The handler that code belongs to, also of a timer that fires long after `handle()` has ended. */
export const activeHandler = new AsyncLocalStorage<ActiveHandler>();

import { AsyncLocalStorage } from 'node:async_hooks';
import type { TraceHttpCall } from '../domain/run-trace.ts';
import type { callSite } from './call-site.ts';

/** The handler that is answering a message, as the code it calls sees it. */
export interface ActiveHandler {
  /** Whether `handle()` has ended. Requests are then ignored. */
  readonly ended: boolean;
  /** Reports that something came too late or was never awaited. */
  late(what: string, site: ReturnType<typeof callSite>): void;
  /** Whether a thrown value is only the error for a late call that was already reported. */
  wasReported(thrown: unknown): boolean;
  /** Reports an uncaught error after the end of `handle()`. */
  failLate(thrown: unknown): void;
  /** Reports an HTTP request that has ended. */
  sentHttp(call: Omit<TraceHttpCall, 'at'>): void;
}

/** The handler that code belongs to, even in a timer that fires long after `handle()` has ended. */
export const activeHandler = new AsyncLocalStorage<ActiveHandler>();

import { AsyncLocalStorage } from 'node:async_hooks';
import type { HttpAnswer, HttpRequest, Outside } from '../../domain/outside.ts';

/** What the code of a run meets outside. */
export interface Within {
  network: Outside['network'] | undefined;
  random: (() => number) | undefined;
  /** Has a request answered by the daemon. */
  ask: (request: HttpRequest) => Promise<HttpAnswer>;
}

/** The run that code belongs to, if it meets anything but the real world. */
export const within = new AsyncLocalStorage<Within>();

/** How requests of the code that runs now are answered; undefined if they are sent as usual. */
export function asked(): Within['ask'] | undefined {
  const own = within.getStore();
  return own?.network === undefined ? undefined : own.ask;
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { createError } from './errors.ts';

/** Who may ask for `authorize()` to be left out: a request, or code that runs for none. */
interface Scope {
  authorizing: boolean;
  /** Outside a request it counts for one call: the next that attaches or installs. */
  once: boolean;
  /** Where the code stands, when nothing it says can have an effect. */
  nowhere?: string;
}

const scopes = new AsyncLocalStorage<Scope>();
let nowhereElse: string | undefined;

/** Does the work of one request: what it switches off counts for it alone, and until it ends. */
export const inRequest = <Result>(work: () => Result): Result =>
  scopes.run({ authorizing: true, once: false }, work);

/** Does work that belongs to no request. */
export const outsideRequests = <Result>(where: string, work: () => Result): Result =>
  scopes.run({ authorizing: true, once: false, nowhere: where }, work);

/** Says that no code of this thread or process belongs to a request. */
export function neverInRequest(where: string): void {
  nowhereElse = where;
}

/**
 * Switches asking `authorize()` off for the request that goes on, or on again. Without one it counts for the next
 * attaching or installing by the same chain of calls.
 *
 * @throws OUTSIDE_REQUEST where it cannot have an effect
 */
export function setAuthorizing(authorize: boolean): void {
  const scope = scopes.getStore();
  const nowhere = scope?.nowhere ?? nowhereElse;
  if (nowhere !== undefined) throw createError('OUTSIDE_REQUEST', 'MessengerBots.shouldAuthorize()', nowhere);
  if (scope) scope.authorizing = authorize;
  else scopes.enterWith({ authorizing: authorize, once: true });
}

/** Whether `authorize()` is asked by what only looks: that uses nothing up. */
export const isAuthorizing = (): boolean => scopes.getStore()?.authorizing ?? true;

/**
 * Whether `authorize()` is asked by what attaches or installs. To be called first of all, so that one that fails does
 * not leave it switched off for the next one.
 */
export function takeAuthorizing(): boolean {
  const scope = scopes.getStore();
  const authorizing = scope?.authorizing ?? true;
  if (scope?.once) scope.authorizing = true;
  return authorizing;
}

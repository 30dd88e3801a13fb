import { AsyncLocalStorage } from 'node:async_hooks';
import { createError } from './errors.ts';

/**
 * The scope in which `authorize()` can be switched off: one request, or code that runs outside every request.
 */
interface Scope {
  authorizing: boolean;
  /** Outside a request the switch counts for one call: the next that attaches or installs. */
  once: boolean;
  /** Where the code runs, if the switch can have no effect there. */
  noEffectIn?: string;
}

const scopes = new AsyncLocalStorage<Scope>();
let noEffectHere: string | undefined;

/** Does the work of one request. What it switches off counts for this request alone, until it ends. */
export const inRequest = <Result>(work: () => Result): Result =>
  scopes.run({ authorizing: true, once: false }, work);

/** Does work that belongs to no request. */
export const outsideRequests = <Result>(where: string, work: () => Result): Result =>
  scopes.run({ authorizing: true, once: false, noEffectIn: where }, work);

/** Declares that no code of this worker belongs to a request. */
export function neverInRequest(where: string): void {
  noEffectHere = where;
}

/**
 * Switches `authorize()` off, or on again, for the current request. Outside a request the switch counts for
 * the next call that attaches or installs in the same async chain.
 *
 * @throws OUTSIDE_REQUEST where it cannot have an effect
 */
export function setAuthorizing(authorize: boolean): void {
  const scope = scopes.getStore();
  const noEffectIn = scope?.noEffectIn ?? noEffectHere;
  if (noEffectIn !== undefined)
    throw createError('OUTSIDE_REQUEST', 'MessengerBots.shouldAuthorize()', noEffectIn);
  if (scope) scope.authorizing = authorize;
  else scopes.enterWith({ authorizing: authorize, once: true });
}

/** Whether a call that only reads runs `authorize()`. Reading does not use up a switch. */
export const isAuthorizing = (): boolean => scopes.getStore()?.authorizing ?? true;

/**
 * Whether a call that attaches or installs runs `authorize()`. Call it first, so that a call that fails does
 * not leave the check switched off for the next one.
 */
export function consumeAuthorizing(): boolean {
  const scope = scopes.getStore();
  const authorizing = scope?.authorizing ?? true;
  if (scope?.once) scope.authorizing = true;
  return authorizing;
}

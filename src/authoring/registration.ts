import { createError } from '../base/errors.ts';
import { callSite } from './call-site.ts';

/** A class that was registered by a call, and where the call came from. */
export interface Registration {
  kind: 'handler' | 'package';
  alias: string;
  registered: object;
  site: Error;
}

/** Whoever loads files, and has to know what they register while they are loaded. */
export interface RegistrationHost {
  /** Whether a file is being loaded: what is registered later would be known in this thread alone. */
  isLoading(): boolean;
  add(registration: Registration): void;
}

let host: RegistrationHost | undefined;

/** Tells of every registration in this thread from now on. */
export function hostRegistrations(registrationHost: RegistrationHost): void {
  host = registrationHost;
}

/** Whether somebody keeps what is registered: a class of another file with the same alias is then theirs to tell. */
export const isHosted = (): boolean => host !== undefined;

/**
 * Begins a call that registers classes.
 *
 * @returns tells of each class once it was checked
 * @throws REGISTERED_TOO_LATE
 */
export function beginRegistration(call: string): (what: Omit<Registration, 'site'>) => void {
  if (host && !host.isLoading()) throw createError('REGISTERED_TOO_LATE', `MessengerBots.${call}()`);
  const site = callSite();
  return (what) => host?.add({ ...what, site });
}

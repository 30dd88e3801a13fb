import { createError } from '../base/errors.ts';
import { callSite } from './call-site.ts';

/** A class that was registered by a call, and where that call was made. */
export interface Registration {
  kind: 'handler' | 'package';
  alias: string;
  registered: object;
  site: Error;
}

/** Loads files and records what they register meanwhile. */
export interface RegistrationHost {
  /** Whether a file is being loaded. A later registration would exist in this worker only. */
  isLoading(): boolean;
  add(registration: Registration): void;
}

let host: RegistrationHost | undefined;

/** Reports every registration in this worker to a host from now on. */
export function hostRegistrations(registrationHost: RegistrationHost): void {
  host = registrationHost;
}

/** Whether a host records registrations. It then reports duplicate aliases of other files. */
export const isHosted = (): boolean => host !== undefined;

/**
 * Starts a call that registers classes.
 *
 * @returns a function to call with each class after it was checked
 * @throws REGISTERED_TOO_LATE
 */
export function beginRegistration(call: string): (what: Omit<Registration, 'site'>) => void {
  if (host && !host.isLoading()) throw createError('REGISTERED_TOO_LATE', `MessengerBots.${call}()`);
  const site = callSite();
  return (what) => host?.add({ ...what, site });
}

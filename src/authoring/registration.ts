import { AsyncLocalStorage } from 'node:async_hooks';
import { createError } from '../base/errors.ts';
import { callSite } from './call-site.ts';
import { Registries } from './registry.ts';

/** A class that was registered by a call, and where that call was made. */
export interface Registration {
  kind: 'handler' | 'package';
  alias: string;
  registered: object;
  site: Error;
}

/** Loads files and records what they register meanwhile. */
export interface RegistrationHost {
  /** Whether a file is being loaded. A later registration would exist in one worker only. */
  isLoading(): boolean;
  add(registration: Registration): void;
  /** What its files have registered. */
  readonly registries: Registries;
}

const hosts = new AsyncLocalStorage<RegistrationHost>();
let hostOfAll: RegistrationHost | undefined;
const registriesOfAll = new Registries();

/** Does work, and reports every registration of its code to a host. */
export const hostRegistrations = <Result>(host: RegistrationHost, work: () => Result): Result =>
  hosts.run(host, work);

/** Reports every registration in this thread to a host from now on. */
export function hostAllRegistrations(host: RegistrationHost): void {
  hostOfAll = host;
}

const currentHost = (): RegistrationHost | undefined => hosts.getStore() ?? hostOfAll;

/** Whether a host records registrations. It then reports duplicate aliases of other files. */
export const isHosted = (): boolean => currentHost() !== undefined;

/** What the code that calls this has registered: the files of its host, or else all code of this process. */
export const currentRegistries = (): Registries => currentHost()?.registries ?? registriesOfAll;

/**
 * Starts a call that registers classes.
 *
 * @returns a function to call with each class after it was checked
 * @throws REGISTERED_TOO_LATE
 */
export function beginRegistration(call: string): (what: Omit<Registration, 'site'>) => void {
  const host = currentHost();
  if (host && !host.isLoading()) throw createError('REGISTERED_TOO_LATE', `MessengerBots.${call}()`);
  const site = callSite();
  return (what) => host?.add({ ...what, site });
}

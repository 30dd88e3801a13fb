import { createRequire } from 'node:module';
import type PusherModule from 'pusher-js';

/** The real client of the Pusher protocol, as its types say what it is: a module. */
export const pusherModule: typeof PusherModule = createRequire(import.meta.url)('pusher-js');

/** The real client of the Pusher protocol, as it is: a class. */
export const Pusher: typeof PusherModule.default = createRequire(import.meta.url)('pusher-js');
export type PusherClient = PusherModule.default;

interface Bindable {
  bind(event: string, callback: (data: never) => void): unknown;
}

/** What comes with the next event of a name. */
export const next = <Data = unknown>(target: Bindable, event: string): Promise<Data> =>
  new Promise((resolve) => target.bind(event, (data: Data) => resolve(data)));

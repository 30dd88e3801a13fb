import type { App } from '../app.ts';

type Events = App['events'];
type Listeners = App['config']['listeners'];

/** Calls the configuration's listeners from here on. One that fails is reported by the bus and stops nothing. */
export function addListeners(events: Events, listeners: Listeners): void {
  events.onAny(({ name, event }) => {
    const listener: ((event: never) => unknown) | undefined = listeners[name];
    return listener?.(event as never);
  });
}

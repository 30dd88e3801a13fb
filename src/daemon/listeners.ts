import type { App } from '../app.ts';

type Events = App['events'];
type Listeners = App['config']['listeners'];
type NamedEvent = Parameters<Parameters<Events['onAny']>[0]>[0];

/** Calls the configuration's listeners from now on. The event bus reports errors; nothing else stops. */
export const addListeners = (events: Events, listeners: Listeners): (() => void) =>
  events.onAny((named) => callListener(listeners, named));

/** Calls the configuration's listener of an event, if it has one. */
export function callListener(listeners: Listeners, { name, event }: NamedEvent): unknown {
  const listener: ((event: never) => unknown) | undefined = listeners[name];
  return listener?.(event as never);
}

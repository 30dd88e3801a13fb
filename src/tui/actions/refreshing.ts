import type { Controller } from '../controller.ts';

type Refresh = (controller: Controller) => Promise<unknown>;

/** Milliseconds between two refreshes of the same part, unless it is less urgent. */
const defaultInterval = 250;

/** A part that is being refreshed, or was not long ago. */
interface Recent {
  isAskedAgain: boolean;
}

const recent = new WeakMap<Controller, Map<Refresh, Recent>>();

/**
 * Refreshes a part of the screen after an event: at once, or soon if that was done not long ago. However many events
 * there are, there is one request at a time and per interval, and the last event is always followed by one.
 */
export function refreshSoon(controller: Controller, refresh: Refresh, interval = defaultInterval): void {
  const parts = recent.get(controller) ?? new Map<Refresh, Recent>();
  recent.set(controller, parts);
  const known = parts.get(refresh);
  if (known) {
    known.isAskedAgain = true;
    return;
  }
  const state: Recent = { isAskedAgain: false };
  parts.set(refresh, state);
  const rest = () =>
    controller.later(interval, () => {
      parts.delete(refresh);
      if (state.isAskedAgain) refreshSoon(controller, refresh, interval);
    });
  void controller.attempt(() => refresh(controller)).finally(rest);
}

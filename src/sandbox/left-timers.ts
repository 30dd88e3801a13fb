import { createHook } from 'node:async_hooks';
import { activeHandler } from '../authoring/active-handler.ts';
import { callSite } from '../authoring/call-site.ts';

interface Timer {
  site: Error;
  resource: { hasRef?: () => boolean };
}

/** The timers that handlers have set and that have neither fired nor been cleared, of whatever function they are. */
export class LeftTimers {
  readonly #timers = new Map<number, Timer>();
  readonly #hook = createHook({
    init: (id, type, _, resource) => {
      if (type !== 'Timeout') return;
      const active = activeHandler.getStore();
      if (active && !active.ended) this.#timers.set(id, { site: callSite(), resource });
    },
    destroy: (id) => this.#timers.delete(id),
  });

  /** Begins with the timers of another handler. */
  begin(): void {
    this.#timers.clear();
    this.#hook.enable();
  }

  /** Ends watching: it costs a little with every promise. */
  end(): void {
    this.#hook.disable();
  }

  /** Where the first of those was set that still keep the thread going; undefined when there is none. */
  get first(): Error | undefined {
    return [...this.#timers.values()].find(({ resource }) => resource.hasRef?.() ?? true)?.site;
  }
}

import type { State } from './state/state.ts';

/** Minimum milliseconds between two renderings of the state: 60 per second. */
const minInterval = 16;

/**
 * Holds the state and notifies listeners of changes. Changes in quick succession are combined into one
 * notification, so that fast typing does not block other work.
 */
export class Store {
  #state: State;
  /** The state of the last notification, which is rendered. */
  #shown: State;
  #notifiedAt = 0;
  #timer: NodeJS.Timeout | NodeJS.Immediate | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(state: State) {
    this.#state = state;
    this.#shown = state;
  }

  get state(): State {
    return this.#state;
  }

  /** The state to render. */
  get shown(): State {
    return this.#shown;
  }

  /** Replaces the state with the result of a function. */
  update(change: (state: State) => State): void {
    const next = change(this.#state);
    if (next === this.#state) return;
    this.#state = next;
    if (this.#timer !== undefined) return;
    const wait = minInterval - (performance.now() - this.#notifiedAt);
    this.#timer = wait > 0 ? setTimeout(() => this.#notify(), wait) : setImmediate(() => this.#notify());
  }

  /** Sets some fields of the state. */
  set(part: Partial<State>): void {
    this.update((state) => ({ ...state, ...part }));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #notify(): void {
    this.#timer = undefined;
    this.#shown = this.#state;
    for (const listener of this.#listeners) listener();
    this.#notifiedAt = performance.now();
  }
}

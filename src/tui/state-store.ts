import type { State } from './state/state.ts';

/** The least time between two pictures of the state, in milliseconds: 60 in a second. */
const between = 16;

/**
 * Holds the state; whoever shows it is told of new ones. What changes within a moment is told once, so that keys that
 * come faster than pictures can be drawn leave time for everything else.
 */
export class Store {
  #state: State;
  /** What was told last: pictures are made of it. */
  #shown: State;
  #told = 0;
  #timer: NodeJS.Timeout | NodeJS.Immediate | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(state: State) {
    this.#state = state;
    this.#shown = state;
  }

  get state(): State {
    return this.#state;
  }

  /** The state as it is to be drawn. */
  get shown(): State {
    return this.#shown;
  }

  /** Replaces the state by what a function makes of it. */
  update(change: (state: State) => State): void {
    const next = change(this.#state);
    if (next === this.#state) return;
    this.#state = next;
    if (this.#timer !== undefined) return;
    const wait = between - (performance.now() - this.#told);
    this.#timer = wait > 0 ? setTimeout(() => this.#tell(), wait) : setImmediate(() => this.#tell());
  }

  /** Sets some of it. */
  set(part: Partial<State>): void {
    this.update((state) => ({ ...state, ...part }));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #tell(): void {
    this.#timer = undefined;
    this.#shown = this.#state;
    for (const listener of this.#listeners) listener();
    this.#told = performance.now();
  }
}

/** A semaphore: limits how many enter at once. The others wait in order. */
export class Room {
  #free: number;
  readonly #waiting: Array<() => void> = [];

  constructor(places: number) {
    this.#free = places;
  }

  get isFull(): boolean {
    return this.#free === 0;
  }

  /** Takes a place; undefined if one was free, otherwise a promise. */
  enter(): Promise<void> | undefined {
    if (this.isFull) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#free--;
    return undefined;
  }

  /** Passes the place on to the next waiter. */
  leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }
}

/** Room for so many at once; whoever finds none waits for it, in the order in which they came. */
export class Room {
  #free: number;
  readonly #waiting: Array<() => void> = [];

  constructor(places: number) {
    this.#free = places;
  }

  get isFull(): boolean {
    return this.#free === 0;
  }

  /** Takes a place, at once where there is one. */
  enter(): Promise<void> | undefined {
    if (this.isFull) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#free--;
    return undefined;
  }

  /** Leaves a place to the next one. */
  leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }
}

/** How much a cache may hold. */
interface LruLimits<Value> {
  entries: number;
  /** The total of `weigh` over all entries. */
  weight: number;
  weigh(value: Value): number;
}

/**
 * A cache that drops the least recently used entries when there are too many or they weigh too much. The entry
 * that was set last is always kept, even one that is too heavy on its own.
 */
export class LruCache<Value> {
  readonly #limits: LruLimits<Value>;
  /** The last entry is the most recently used. */
  readonly #entries = new Map<string, Value>();
  #weight = 0;

  constructor(limits: LruLimits<Value>) {
    this.#limits = limits;
  }

  get(key: string): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.#remove(key);
    this.#entries.set(key, value);
    this.#weight += this.#limits.weigh(value);
    for (const oldest of this.#entries.keys()) {
      const fits = this.#entries.size <= this.#limits.entries && this.#weight <= this.#limits.weight;
      if (fits || this.#entries.size === 1) return;
      this.#remove(oldest);
    }
  }

  #remove(key: string): void {
    const value = this.#entries.get(key);
    if (value !== undefined) this.#weight -= this.#limits.weigh(value);
    this.#entries.delete(key);
  }
}

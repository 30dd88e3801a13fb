/** Items grouped by key, in insertion order. */
export class Groups<Key, Item> {
  readonly #groups = new Map<Key, Set<Item>>();

  add(key: Key, item: Item): void {
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, new Set([item]));
    else group.add(item);
  }

  delete(key: Key, item: Item): void {
    const group = this.#groups.get(key);
    if (group?.delete(item) && group.size === 0) this.#groups.delete(key);
  }

  /** The items of a key, oldest first. */
  of(key: Key): ReadonlySet<Item> {
    return this.#groups.get(key) ?? new Set();
  }
}

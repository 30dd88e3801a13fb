/** A whole number from `low` to `high`, both included. */
export const randomBetween = (low: number, high: number): number =>
  low + Math.floor(Math.random() * (high - low + 1));

/** One of several, by chance. */
export const pick = <Item>(items: readonly [Item, ...Item[]]): Item =>
  items[randomBetween(0, items.length - 1)] ?? items[0];

import { randomInt } from 'node:crypto';

/** One of some things, by chance. */
export const pick = <Item>(items: readonly [Item, ...Item[]]): Item =>
  items[randomInt(items.length)] ?? items[0];

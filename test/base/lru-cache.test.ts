import { describe, expect, test } from 'vitest';
import { LruCache } from '../../src/base/lru-cache.ts';

const cacheOf = (entries: number, weight: number, ...texts: string[]) => {
  const cache = new LruCache<string>({ entries, weight, weigh: ({ length }) => length });
  for (const text of texts) cache.set(text, text);
  return cache;
};

/** Which of the keys are still cached. */
const keysOf = (cache: LruCache<string>, ...keys: string[]) =>
  keys.filter((key) => cache.get(key) !== undefined);

describe('an LRU cache', () => {
  test('returns what was set last for a key, and undefined for a key that was never set', () => {
    const cache = cacheOf(2, 10, 'a');
    cache.set('a', 'new');
    expect([cache.get('a'), cache.get('b')]).toEqual(['new', undefined]);
  });

  test('drops the least recently used entry beyond the number of entries', () => {
    const cache = cacheOf(2, 10, 'a', 'b');
    cache.get('a');
    cache.set('c', 'c');
    expect(keysOf(cache, 'a', 'b', 'c')).toEqual(['a', 'c']);
  });

  test('drops as many entries as the weight of a new one requires', () => {
    const cache = cacheOf(10, 6, 'aa', 'bb', 'cc', 'dddd');
    expect(keysOf(cache, 'aa', 'bb', 'cc', 'dddd')).toEqual(['cc', 'dddd']);
  });

  test('counts the weight of a replaced entry no longer', () => {
    const cache = cacheOf(10, 6, 'a', 'b');
    for (let round = 0; round < 10; round++) cache.set('a', 'a'.repeat(5));
    expect(keysOf(cache, 'a', 'b')).toEqual(['a', 'b']);
    cache.set('a', 'a');
    cache.set('cccc', 'cccc');
    expect(keysOf(cache, 'a', 'b', 'cccc')).toEqual(['a', 'b', 'cccc']);
  });

  test('keeps an entry that is too heavy until the next one is set', () => {
    const cache = cacheOf(10, 3, 'a', 'heavy');
    expect(keysOf(cache, 'a', 'heavy')).toEqual(['heavy']);
    cache.set('b', 'b');
    expect(keysOf(cache, 'heavy', 'b')).toEqual(['b']);
  });
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { initialState } from '../../src/tui/state/state.ts';
import { Store } from '../../src/tui/state-store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A store that has been quiet for a second, and what was shown of it: the number of reloads each time. */
function quietStore() {
  vi.advanceTimersByTime(1_000);
  const store = new Store(initialState);
  const shown: number[] = [];
  const stop = store.subscribe(() => shown.push(store.shown.reloads));
  const set = (...reloads: number[]) => {
    for (const each of reloads) store.set({ reloads: each });
  };
  return { store, shown, stop, set };
}

test('a change is there at once, and is shown in a turn of its own', () => {
  const { store, shown, set } = quietStore();
  set(1);
  expect([store.state.reloads, store.shown.reloads, shown]).toEqual([1, 0, []]);
  vi.advanceTimersByTime(0);
  expect([store.shown.reloads, shown]).toEqual([1, [1]]);
});

test('changes of one moment are shown once', () => {
  const { shown, set } = quietStore();
  set(1, 2, 3);
  vi.advanceTimersByTime(100);
  expect(shown).toEqual([3]);
});

test('changes in quick succession are shown every 16 milliseconds, the last one for certain', () => {
  const { shown, set } = quietStore();
  for (let millisecond = 1; millisecond <= 40; millisecond++) {
    set(millisecond);
    vi.advanceTimersByTime(1);
  }
  expect(shown).toEqual([1, 16, 32]);
  vi.advanceTimersByTime(16);
  expect(shown).toEqual([1, 16, 32, 40]);
});

test('a change that changes nothing is not shown', () => {
  const { store, shown } = quietStore();
  store.update((state) => state);
  vi.advanceTimersByTime(100);
  expect([shown, vi.getTimerCount()]).toEqual([[], 0]);
});

test('who has stopped listening hears nothing more, and others do', () => {
  const { store, shown, stop, set } = quietStore();
  const other = vi.fn();
  store.subscribe(other);
  set(1);
  stop();
  vi.advanceTimersByTime(100);
  expect(shown).toEqual([]);
  expect(other).toHaveBeenCalledTimes(1);
});

test('a listener may change the state, which is shown next', () => {
  const { store, shown, set } = quietStore();
  store.subscribe(() => store.update((state) => (state.reloads === 1 ? { ...state, reloads: 2 } : state)));
  set(1);
  vi.advanceTimersByTime(100);
  expect(shown).toEqual([1, 2]);
});

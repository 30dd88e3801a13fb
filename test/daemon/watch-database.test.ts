import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createError, type MessengerError } from '../../src/base/errors.ts';
import { watchDatabase } from '../../src/daemon/watch-database.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

const gone = createError('DATABASE_GONE', 'database.sqlite', 'removed');
const replaced = createError('DATABASE_GONE', 'database.sqlite', 'replaced');
const busy = createError('WORKSPACE_BUSY', 4711, 'serve');

/** A database and a lock whose state a test sets, and what was reported of them. */
function watched(renew: () => void = () => {}) {
  const state: { trouble: MessengerError | undefined; isThere: boolean } = {
    trouble: undefined,
    isThere: true,
  };
  const reports: unknown[] = [];
  const watch = watchDatabase({
    store: { trouble: () => state.trouble },
    lock: {
      isThere: () => state.isThere,
      renew: () => {
        renew();
        state.isThere = true;
      },
    },
    onTrouble: (trouble) => reports.push(trouble),
    onLockRenewed: () => reports.push('renewed'),
    onLost: (error) => reports.push('lost', error),
  });
  /** Sets the state, and reports what a number of looks find. */
  const look = (now: Partial<typeof state>, times = 1) => {
    Object.assign(state, now);
    reports.length = 0;
    for (let time = 0; time < times; time++) vi.advanceTimersByTime(1_000);
    return [...reports];
  };
  return { look, watch };
}

test('a database that is as it was is not reported', () => {
  expect(watched().look({}, 5)).toEqual([]);
});

test('trouble is reported once, and again only when it is another one or came back', () => {
  const { look } = watched();
  expect(look({ trouble: gone }, 3)).toEqual([gone]);
  expect(look({ trouble: replaced }, 3)).toEqual([replaced]);
  expect(look({ trouble: undefined }, 2)).toEqual([]);
  expect(look({ trouble: replaced })).toEqual([replaced]);
});

test('a lock that is missing is taken again at the second look, once the whole folder may be gone', () => {
  const { look } = watched();
  expect(look({ isThere: false })).toEqual([]);
  expect(look({})).toEqual(['renewed']);
  expect(look({}, 3)).toEqual([]);
});

test('a lock that was missing only for a moment is left alone', () => {
  const { look } = watched();
  expect(look({ isThere: false })).toEqual([]);
  expect(look({ isThere: true })).toEqual([]);
  expect(look({ isThere: false })).toEqual([]);
});

test('trouble that goes on is reported anew after the lock was taken again', () => {
  const { look } = watched();
  look({ trouble: gone });
  expect(look({ isThere: false }, 3)).toEqual(['renewed', gone]);
});

test('where another process was faster, this one is told to end and looks no more', () => {
  const { look } = watched(() => {
    throw busy;
  });
  expect(look({ isThere: false }, 4)).toEqual(['lost', busy]);
});

test.each<[string, MessengerError | undefined, unknown]>([
  ['the trouble of the database', gone, gone],
  [
    'the error of the system',
    undefined,
    expect.objectContaining({ code: 'DATABASE_REFUSED', message: expect.stringContaining('ENOENT') }),
  ],
])('a workspace that is gone is lost, and the reason is %s', (_, trouble, reason) => {
  const { look } = watched(() => {
    throw new Error('ENOENT: no such file or directory');
  });
  look({ trouble });
  expect(look({ isThere: false }, 2)).toEqual(['lost', reason]);
});

test('nothing is looked at after the watch was closed', () => {
  const { look, watch } = watched();
  watch.close();
  expect(look({ trouble: gone }, 3)).toEqual([]);
});

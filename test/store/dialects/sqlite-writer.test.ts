import SqliteDatabase from 'better-sqlite3';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { retryWhileBusy, WriterLock } from '../../../src/store/dialects/sqlite-writer.ts';

const busy = new SqliteDatabase.SqliteError('database is locked', 'SQLITE_BUSY');

/** Work that finds the lock taken so often before it gets it. */
function lockedFor(times: number) {
  const calls = { count: 0 };
  return {
    calls,
    work: () => {
      if (calls.count++ < times) throw busy;
      return 'done';
    },
  };
}

describe('retryWhileBusy', () => {
  test.each([0, 1, 3])('repeats work until the lock is free, here %i times', async (times) => {
    const { calls, work } = lockedFor(times);
    expect(await retryWhileBusy(work, 10_000)).toBe('done');
    expect(calls.count).toBe(times + 1);
  });

  test('tries once where nothing may be waited for', async () => {
    const { calls, work } = lockedFor(9);
    await expect(retryWhileBusy(work, 0)).rejects.toBe(busy);
    expect(calls.count).toBe(1);
  });

  test('does not repeat another error', async () => {
    const error = new SqliteDatabase.SqliteError('no such table', 'SQLITE_ERROR');
    let calls = 0;
    const work = () => {
      calls++;
      throw error;
    };
    await expect(retryWhileBusy(work, 10_000)).rejects.toBe(error);
    expect(calls).toBe(1);
  });
});

/** Turns on a clock that only the test moves. */
function turnsOf(limit: number) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const turns = new WriterLock(limit);
  const order: string[] = [];
  const enter = (name: string, first: () => unknown = () => undefined) => {
    const entered = turns.acquire(() => {
      first();
      order.push(name);
      return name;
    });
    return entered.catch((error: Error) => {
      order.push(`${name}: ${error.message}`);
    });
  };
  return { turns, order, enter, pass: (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds) };
}

/** A lock that another process has until it is let go. */
function otherProcess() {
  const lock = { isTaken: true };
  return {
    letGo: () => {
      lock.isTaken = false;
    },
    comeBack: () => {
      lock.isTaken = true;
    },
    take: () => {
      if (lock.isTaken) throw busy;
    },
  };
}

describe('WriterLock', () => {
  test('gives one turn after the other, in the order of asking', async () => {
    const { turns, order, enter } = turnsOf(100);
    const entered = [enter('one'), enter('two'), enter('three')];
    expect(order).toEqual(['one']);
    turns.release();
    expect(order).toEqual(['one', 'two']);
    turns.release();
    turns.release();
    expect(await Promise.all(entered)).toEqual(['one', 'two', 'three']);
    expect(await enter('four')).toBe('four');
  });

  test('gives the turn to the next where the first step fails', async () => {
    const { order, enter } = turnsOf(100);
    const failing = enter('one', () => {
      throw new Error('disk I/O error');
    });
    const next = enter('two');
    await Promise.all([failing, next]);
    expect(order).toEqual(['two', 'one: disk I/O error']);
  });

  test('waits for another process, and nobody overtakes', async () => {
    const { turns, order, enter, pass } = turnsOf(1_000);
    const { letGo, take } = otherProcess();
    const entered = [enter('one', take), enter('two')];
    await pass(500);
    expect(order).toEqual([]);
    letGo();
    await pass(100);
    expect(order).toEqual(['one']);
    turns.release();
    expect(await Promise.all(entered)).toEqual(['one', 'two']);
  });

  test('rejects who has waited too long for another process, each after its own time', async () => {
    const { order, enter, pass } = turnsOf(1_000);
    const { take } = otherProcess();
    void enter('one', take);
    await pass(600);
    void enter('two', take);
    await pass(500);
    expect(order).toEqual(['one: database is locked']);
    await pass(600);
    expect(order).toEqual(['one: database is locked', 'two: database is locked']);
  });

  test('does not count the time in which its own process has the turn', async () => {
    const { turns, order, enter, pass } = turnsOf(1_000);
    const { letGo, take } = otherProcess();
    void enter('long');
    void enter('next', take);
    await pass(5_000);
    turns.release();
    await pass(900);
    letGo();
    await pass(100);
    expect(order).toEqual(['long', 'next']);
  });

  test('counts anew when another process comes back after a turn', async () => {
    const { turns, order, enter, pass } = turnsOf(1_000);
    const { letGo, comeBack, take } = otherProcess();
    void enter('one', take);
    void enter('two', take);
    await pass(500);
    letGo();
    await pass(100);
    comeBack();
    await pass(5_000);
    turns.release();
    await pass(900);
    expect(order).toEqual(['one']);
    letGo();
    await pass(100);
    expect(order).toEqual(['one', 'two']);
  });

  test('can be used again after everybody was rejected', async () => {
    const { order, enter, pass } = turnsOf(10);
    void enter('one', otherProcess().take);
    await pass(100);
    expect(await enter('two')).toBe('two');
    expect(order).toEqual(['one: database is locked', 'two']);
  });

  test('rejects all who wait when the database is closed, and tries nothing afterwards', async () => {
    const { turns, order, enter, pass } = turnsOf(1_000);
    const { take } = otherProcess();
    const tries = vi.fn(take);
    void enter('one', tries);
    void enter('two');
    turns.close();
    await pass(5_000);
    expect(order).toEqual(['one: The database was closed.', 'two: The database was closed.']);
    expect(tries).toHaveBeenCalledTimes(1);
  });
});

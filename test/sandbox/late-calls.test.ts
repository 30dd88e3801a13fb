import { describe, expect, test } from 'vitest';
import { LateCalls } from '../../src/sandbox/late-calls.ts';

/** Runs that each note what is reported to them. */
function runs(count: number) {
  const calls = new LateCalls();
  const notes: string[] = [];
  const start = (token: string) =>
    calls.add(token, async (error) => void notes.push(`${token}: ${error.message}`));
  for (let run = 1; run <= count; run++) start(`run ${run}`);
  return { calls, notes, start };
}

describe('a call that came too late', () => {
  test('is reported to its own run', async () => {
    const { calls, notes } = runs(2);
    await calls.report('run 1', new Error('late'));
    expect(notes).toEqual(['run 1: late']);
  });

  test('is reported once per run', async () => {
    const { calls, notes } = runs(2);
    for (const message of ['first', 'second']) await calls.report('run 1', new Error(message));
    await calls.report('run 2', new Error('third'));
    expect(notes).toEqual(['run 1: first', 'run 2: third']);
  });

  test('of an unknown run is not reported', async () => {
    const { calls, notes } = runs(1);
    await calls.report('run 7', new Error('late'));
    await calls.report('', new Error('late'));
    expect(notes).toEqual([]);
  });

  test('is reported for the last hundred runs only', async () => {
    const { calls, notes } = runs(101);
    await calls.report('run 1', new Error('forgotten'));
    await calls.report('run 2', new Error('known'));
    expect(notes).toEqual(['run 2: known']);
  });

  test('waits until the listener has stored it', async () => {
    const calls = new LateCalls();
    const order: string[] = [];
    calls.add('a', async () => {
      await new Promise(setImmediate);
      order.push('stored');
    });
    await calls.report('a', new Error('late'));
    order.push('reported');
    expect(order).toEqual(['stored', 'reported']);
  });

  test('of a run without a listener is not reported', async () => {
    const calls = new LateCalls();
    calls.add('a', undefined);
    await expect(calls.report('a', new Error('late'))).resolves.toBeUndefined();
  });
});

describe('an error that is left for the end', () => {
  test('is reported to the last run', async () => {
    const { calls, notes } = runs(2);
    calls.leave(new Error('left'));
    await calls.reportLeft();
    expect(notes).toEqual(['run 2: left']);
  });

  test('is not reported after something better was', async () => {
    const { calls, notes } = runs(1);
    calls.leave(new Error('left'));
    await calls.report('run 1', new Error('better'));
    await calls.reportLeft();
    expect(notes).toEqual(['run 1: better']);
  });

  test('may be none', async () => {
    const { calls, notes } = runs(1);
    calls.leave(undefined);
    await calls.reportLeft();
    expect(notes).toEqual([]);
  });
});

test('the last run is known by its token, even after it was reported', async () => {
  const { calls } = runs(2);
  await calls.report('run 2', new Error('late'));
  expect([calls.isLast('run 2'), calls.isLast('run 1')]).toEqual([true, false]);
});

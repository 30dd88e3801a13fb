import { expect, test } from 'vitest';
import { Semaphore } from '../../src/sandbox/semaphore.ts';

test('free places are taken at once, and the others wait in order', async () => {
  const semaphore = new Semaphore(2);
  const entered: number[] = [];
  const enter = async (number: number) => {
    await semaphore.acquire();
    entered.push(number);
  };
  expect([semaphore.acquire(), semaphore.isFull, semaphore.acquire(), semaphore.isFull]).toEqual([
    undefined,
    false,
    undefined,
    true,
  ]);
  const waiting = [enter(1), enter(2), enter(3)];
  await new Promise(setImmediate);
  expect(entered).toEqual([]);
  semaphore.release();
  semaphore.release();
  semaphore.release();
  await Promise.all(waiting);
  expect(entered).toEqual([1, 2, 3]);
});

test('a place that is passed on to a waiter is not free in between', () => {
  const semaphore = new Semaphore(1);
  void semaphore.acquire();
  void semaphore.acquire();
  semaphore.release();
  expect(semaphore.isFull).toBe(true);
  semaphore.release();
  expect(semaphore.isFull).toBe(false);
});

test('a semaphore without places is always full', () => {
  expect(new Semaphore(0).isFull).toBe(true);
});

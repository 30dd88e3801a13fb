import { expect, test } from 'vitest';
import { Room } from '../../src/sandbox/room.ts';

test('free places are taken at once, and the others wait in order', async () => {
  const room = new Room(2);
  const entered: number[] = [];
  const enter = async (number: number) => {
    await room.enter();
    entered.push(number);
  };
  expect([room.enter(), room.isFull, room.enter(), room.isFull]).toEqual([undefined, false, undefined, true]);
  const waiting = [enter(1), enter(2), enter(3)];
  await new Promise(setImmediate);
  expect(entered).toEqual([]);
  room.leave();
  room.leave();
  room.leave();
  await Promise.all(waiting);
  expect(entered).toEqual([1, 2, 3]);
});

test('a place that is passed on to a waiter is not free in between', () => {
  const room = new Room(1);
  void room.enter();
  void room.enter();
  room.leave();
  expect(room.isFull).toBe(true);
  room.leave();
  expect(room.isFull).toBe(false);
});

test('a room without places is always full', () => {
  expect(new Room(0).isFull).toBe(true);
});

import type { Desk } from '../desk.ts';

const last = new WeakMap<Desk, Promise<void>>();

/** Does the lines of a desk one after the other, however fast they are typed: `/as bob` is done before bob speaks. */
export function inTurn(desk: Desk, work: () => Promise<void>): Promise<void> {
  const turn = (last.get(desk) ?? Promise.resolve()).then(work);
  // One that fails is told by its own promise and holds up no other.
  last.set(
    desk,
    turn.catch(() => {}),
  );
  return turn;
}

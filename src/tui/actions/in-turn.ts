import type { Controller } from '../controller.ts';

const last = new WeakMap<Controller, Promise<void>>();

/** Runs the lines of a controller one after the other, however fast they are typed: `/as bob` is done before bob speaks. */
export function inTurn(controller: Controller, work: () => Promise<void>): Promise<void> {
  const turn = (last.get(controller) ?? Promise.resolve()).then(work);
  // One that fails is told by its own promise and holds up no other.
  last.set(
    controller,
    turn.catch(() => {}),
  );
  return turn;
}

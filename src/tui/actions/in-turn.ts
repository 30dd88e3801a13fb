import type { Controller } from '../controller.ts';

const last = new WeakMap<Controller, Promise<void>>();

/** Runs a controller's lines in order, however fast they are typed: `/as bob` ends before Bob speaks. */
export function runInTurn(controller: Controller, work: () => Promise<void>): Promise<void> {
  const turn = (last.get(controller) ?? Promise.resolve()).then(work);
  // An error rejects the line's own promise and does not block the next line.
  last.set(
    controller,
    turn.catch(() => {}),
  );
  return turn;
}

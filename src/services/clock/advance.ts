import type { MovableClock } from '../../base/clock.ts';
import type { Context } from '../context.ts';

/** What can be moved: a clock, and the jobs that wait for it. */
export interface ClockContext extends Pick<Context, 'queue'> {
  clock: MovableClock;
}

/**
 * Moves the clock forward, and lets everything that waits for a moment in between do its work at that moment: handlers
 * that sleep, retries and other delayed jobs. Resolves once the bots have done what they can do at the new time.
 *
 * @example await advance(context, 15 * 60_000)
 */
export function advance(context: ClockContext, milliseconds: number): Promise<void> {
  return standingStill(context, async ({ clock, queue }) => {
    let left = milliseconds;
    for (
      let next = await nextStep(context);
      next !== undefined && next <= left;
      next = await nextStep(context)
    ) {
      clock.advance(next);
      left -= next;
    }
    clock.advance(left);
    await queue.idle();
  });
}

/**
 * Moves the clock forward to the next moment for which anything waits, again and again, until nothing waits any more:
 * no handler sleeps and no job is delayed. The schedule does not count, because it never ends.
 *
 * @returns how far it moved, in milliseconds
 * @example await advanceUntilIdle(context)
 */
export function advanceUntilIdle(context: ClockContext): Promise<number> {
  return standingStill(context, async ({ clock }) => {
    let moved = 0;
    for (let next = await nextStep(context); next !== undefined; next = await nextStep(context)) {
      clock.advance(next);
      moved += next;
    }
    return moved;
  });
}

/** Waits until the bots have nothing to do at the current time. Returns the milliseconds until they have. */
async function nextStep({ clock, queue }: ClockContext): Promise<number | undefined> {
  await queue.idle();
  const waits = [clock.nextWake(), await queue.nextDue()].filter((wait) => wait !== undefined);
  return waits.length === 0 ? undefined : Math.min(...waits);
}

/** Real time that passes meanwhile, in which handlers work, does not move the clock. */
async function standingStill<Result>(
  context: ClockContext,
  work: (context: ClockContext) => Promise<Result>,
): Promise<Result> {
  const { clock } = context;
  const wasFrozen = clock.isFrozen;
  clock.freeze();
  try {
    return await work(context);
  } finally {
    if (!wasFrozen) clock.resume();
  }
}

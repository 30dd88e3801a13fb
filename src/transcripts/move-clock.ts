import type { MovableClock } from '../base/clock.ts';
import { createError } from '../base/errors.ts';
import { parseSpan, spanExamples } from '../base/span.ts';
import { advance, advanceUntilIdle } from '../services/clock/advance.ts';
import type { Context } from '../services/context.ts';

/**
 * Moves the clock of a chat as a transcript says: `+15m`, or `until-idle`. Waits for what bots do then.
 *
 * @throws TRANSCRIPT_STEP_FAILED
 */
export async function moveClock(
  { queue }: Pick<Context, 'queue'>,
  clock: MovableClock,
  move: string,
): Promise<void> {
  const context = { queue, clock };
  if (move === 'until-idle') return void (await advanceUntilIdle(context));
  const milliseconds = parseSpan(move.replace(/^\+/, ''));
  if (milliseconds === undefined)
    throw createError(
      'TRANSCRIPT_STEP_FAILED',
      `clock: ${move}`,
      `it must be ${spanExamples}, or until-idle`,
    );
  await advance(context, milliseconds);
}

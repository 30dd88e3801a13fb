import type { ClockChange, ClockState } from '../../domain/clock-state.ts';
import { advance, advanceUntilIdle, type ClockContext } from './advance.ts';

/** What a clock shows now. */
export const clockState = ({ clock }: Pick<ClockContext, 'clock'>): ClockState => ({
  time: new Date(clock.milliseconds()).toISOString(),
  frozen: clock.isFrozen,
  moved: clock.moved,
});

/**
 * Freezes the clock, lets it run again, or moves it. Returns what it shows then.
 *
 * @example await changeClock(context, { to: 'advance', milliseconds: 60_000 })
 */
export async function changeClock(context: ClockContext, change: ClockChange): Promise<ClockState> {
  if (change.to === 'freeze') context.clock.freeze();
  else if (change.to === 'resume') context.clock.resume();
  else if (change.to === 'advance') await advance(context, change.milliseconds);
  else if (change.to === 'until-idle') await advanceUntilIdle(context);
  return clockState(context);
}

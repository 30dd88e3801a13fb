import type { ClockState } from '../../domain/clock-state.ts';
import type { State } from './state.ts';

/** What the daemon's clock showed, and when that was in this process. */
export interface ClockReading {
  readonly state: ClockState;
  /** By `performance.now()`. */
  readonly at: number;
}

/** Stores what the daemon's clock shows now; null for one that always shows the real time. */
export const clockReading = (state: ClockState | null): ClockReading | null =>
  state && { state, at: performance.now() };

/** The time on the daemon's clock, in milliseconds since 1970. */
export function productTime({ clock }: Pick<State, 'clock'>): number {
  if (clock === null) return Date.now();
  const { time, frozen } = clock.state;
  return Date.parse(time) + (frozen ? 0 : performance.now() - clock.at);
}

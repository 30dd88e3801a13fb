/** What the product's clock shows. */
export interface ClockState {
  /** Its time, as ISO 8601 text in UTC. */
  time: string;
  /** Whether it stands still. */
  frozen: boolean;
  /** How far it was moved forward in all, in milliseconds. */
  moved: number;
}

/** What to do with the clock: nothing but look at it, or change it. */
export type ClockChange =
  | { to: 'show' | 'freeze' | 'resume' | 'until-idle' }
  | { to: 'advance'; milliseconds: number };

/** The latest time that a clock may be moved to: beyond it, years no longer have four digits. */
export const endOfTime = Date.UTC(9999, 11, 31);

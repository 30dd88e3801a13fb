import type { Timestamp } from './clock.ts';

/*
 * Moments as people read them: in UTC, as they are stored.
 */

/** `2022-04-26 00:13:42` */
export const shownMoment = (moment: Timestamp): string => moment.slice(0, 19).replace('T', ' ');

/** `2022-04-26 00:13` */
export const shownMinute = (moment: Timestamp): string => shownMoment(moment).slice(0, 16);

/** `00:13:42` */
export const shownTime = (moment: Timestamp): string => moment.slice(11, 19);

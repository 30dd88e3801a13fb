const words = new Map<string, boolean>([
  ...['true', '1', 'on', 'yes'].map((word) => [word, true] as const),
  ...['false', '0', 'off', 'no'].map((word) => [word, false] as const),
]);

/** What a switch may be, for a sentence about one that is something else. */
export const switchWords = 'true, false, 1, 0, on, off, yes or no';

/**
 * Reads a switch of the environment: in any case, with white space around it. The only place that does.
 *
 * @returns undefined for what is no switch
 * @example readSwitch(' Yes ') // true
 */
export const readSwitch = (text: string): boolean | undefined => words.get(text.trim().toLowerCase());

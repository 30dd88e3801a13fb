const words = new Map<string, boolean>([
  ...['true', '1', 'on', 'yes'].map((word) => [word, true] as const),
  ...['false', '0', 'off', 'no'].map((word) => [word, false] as const),
]);

/** The accepted values, for the message about any other value. */
export const switchWords = 'true, false, 1, 0, on, off, yes or no';

/**
 * Parses a boolean environment variable. Ignores case and surrounding white space. Nothing else parses them.
 *
 * @returns undefined for any other text
 * @example readSwitch(' Yes ') // true
 */
export const readSwitch = (text: string): boolean | undefined => words.get(text.trim().toLowerCase());

export { harmless, indented, shortened } from '../base/terminal-text.ts';

/** A number of things. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

import { InvalidArgumentError } from 'commander';

/** A hundred years. */
const maxDays = 36_500;

/** Parses a number of days; commander reports errors. */
export function parseDays(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text) && Number(text) <= maxDays) return Number(text);
  throw new InvalidArgumentError(`It must be a number of days up to ${maxDays}, like 30.`);
}

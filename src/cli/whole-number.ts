import { InvalidArgumentError } from 'commander';

/**
 * A parser of an option that is a whole number; commander reports errors.
 *
 * @example command.option('--limit <count>', 'how many to list', wholeNumber(1, 1_000), 20)
 */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    if (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

import { z } from 'zod';

/**
 * A check that also looks at values of another type than its schema asks for, which zod's own checks leave out: the
 * original tells of every rule that a value breaks, so a number is "no string" and "too short" at once.
 *
 * @param check given the value as it came; it adds issues and changes nothing
 * @example z.string().check(runAlways(({ value, issues }) => { … }))
 */
export function runAlways(check: z.core.CheckFn<unknown>): z.core.$ZodCheck<unknown> {
  const made = z.check(check);
  made._zod.def.when = () => true;
  return made;
}

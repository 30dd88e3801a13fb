import { z } from 'zod';
import { hasControls, normalName } from '../domain/name.ts';
import { runAlways } from '../domain/validation/run-always.ts';
import { asText, text } from '../domain/validation/text.ts';

const normal = (value: unknown): unknown => (typeof value === 'string' ? normalName(value) : value);

/** A text of 2 to 255 characters, normalized as a name. */
const nameText = (field: string) =>
  text(2, 255).check(
    runAlways(({ value, issues }) => {
      if (typeof value !== 'string' || !hasControls(value)) return;
      const message = `The ${field} field must not have line breaks or other control characters.`;
      issues.push({ code: 'custom', message, input: value });
    }),
  );

/** The name of a group. */
export const subjectField = z.preprocess<unknown, z.ZodString, string>(normal, nameText('subject'));

/** The name of a bot. As in the original, a number is accepted too. */
export const nameField = z.preprocess<unknown, z.ZodString, string | number>(
  (value) => normal(asText(value)),
  nameText('name'),
);

const cooldownRange = 'The cooldown field must be between 0 and 900.';

/** The length of a cooldown, in seconds. */
export const cooldownField = z.int().min(0, cooldownRange).max(900, cooldownRange);

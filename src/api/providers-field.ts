import { z } from 'zod';
import { isRecord } from '../base/is-record.ts';
import { isMissing } from '../domain/validation/coerce.ts';
import { runAlways } from '../domain/validation/run-always.ts';

/** An id as text. A number is accepted too. */
const idField = z.preprocess<unknown, z.ZodString, string | number>(
  (value) => (typeof value === 'number' ? String(value) : value),
  z.string(),
);

/** More people than any client sends, but few enough for one database query. */
const maxProviders = 1_000;

const entry = z.object({ alias: z.string(), id: idField });
const names = ['alias', 'id'] as const;

const isEmpty = (value: unknown): boolean => isMissing(value) || (Array.isArray(value) && value.length === 0);

/** Reports a missing name as the original does, whatever was sent instead: null, a text or a list. */
const completeness = runAlways(({ value, issues }) => {
  if (!Array.isArray(value) || value.length > maxProviders) return;
  for (const [index, one] of value.entries()) {
    for (const name of names) {
      const found = isRecord(one) && Object.hasOwn(one, name) ? one[name] : undefined;
      if (!isEmpty(found)) continue;
      const message = `The providers.${index}.${name} field is required when providers is present.`;
      issues.push({ code: 'custom', path: [index, name], message, input: found });
    }
  }
});

/**
 * A list of people, as clients send it.
 *
 * @param min minimum number of people
 */
export const providersField = (min: number) =>
  z
    .array(z.custom<z.input<typeof entry>>())
    .min(min)
    .max(maxProviders)
    .check(completeness)
    .meta({ items: z.toJSONSchema(entry, { io: 'input' }) })
    .pipe(z.array(entry));

import { z } from 'zod';
import { isMissing, isRecord } from '../domain/validation/coerce.ts';
import { runAlways } from '../domain/validation/run-always.ts';

/** An id as text; a number is one too. */
const idField = z.preprocess<unknown, z.ZodString, string | number>(
  (value) => (typeof value === 'number' ? String(value) : value),
  z.string(),
);

/** More people than any form names, and fewer than a database is asked for at once. */
const most = 1_000;

const entry = z.object({ alias: z.string(), id: idField });
const names = ['alias', 'id'] as const;

const isEmpty = (value: unknown): boolean => isMissing(value) || (Array.isArray(value) && value.length === 0);

/** What lacks a name is told of as the original does, whatever stands in its place: null, a text, a list. */
const completeness = runAlways(({ value, issues }) => {
  if (!Array.isArray(value) || value.length > most) return;
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
 * People as clients name them.
 *
 * @param least how many it must be
 */
export const providersField = (least: number) =>
  z
    .array(z.custom<z.input<typeof entry>>())
    .min(least)
    .max(most)
    .check(completeness)
    .meta({ items: z.toJSONSchema(entry, { io: 'input' }) })
    .pipe(z.array(entry));

import { z } from 'zod';

/** Limits of a number, of the length of a text or of the number of items. What is missing is not limited. */
const formLimits = z
  .object({
    min: z.number(),
    max: z.number(),
    /** Numbers that the value itself may not be. */
    above: z.number(),
    below: z.number(),
    /** Whether a number has no fraction. */
    whole: z.boolean(),
    /** The form of a text, by the name that JSON Schema has for it: `email`. */
    format: z.string(),
    /** What a JSON value is. */
    shape: z.enum(['object', 'array']),
  })
  .partial();
export type FormLimits = z.output<typeof formLimits>;

/** One input of the form for attaching a handler: workers describe it, and the HTTP API returns it. */
export const formField = z.object({
  name: z.string(),
  /** How a person enters the parameter. */
  type: z.enum(['text', 'number', 'boolean', 'choice', 'list', 'json']),
  required: z.boolean(),
  /** The default value; null for none. */
  default: z.unknown(),
  /** The options of a choice. */
  choices: z.array(z.string()).nullable(),
  /** The author's description: `.describe()` of zod. */
  description: z.string().nullable(),
  limits: formLimits.optional(),
});
export type FormField = z.output<typeof formField>;

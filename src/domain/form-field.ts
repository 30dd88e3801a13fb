import { z } from 'zod';

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
});
export type FormField = z.output<typeof formField>;

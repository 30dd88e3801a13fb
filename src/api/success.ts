import { z } from 'zod';

/** The answer of an endpoint that has nothing to return. */
export const successSchema = z.object({ message: z.literal('success') });
export type SuccessJson = z.output<typeof successSchema>;

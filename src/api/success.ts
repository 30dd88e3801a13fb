import { z } from 'zod';

/** What is answered where there is nothing to tell. */
export const successSchema = z.object({ message: z.literal('success') });
export type SuccessJson = z.output<typeof successSchema>;

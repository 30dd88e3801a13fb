import { z } from 'zod';

/** What is answered where there is nothing to tell. */
export const successSchema = z.object({ message: z.literal('success') });

/** What is answered where there is nothing to tell. */
export const success: z.output<typeof successSchema> = { message: 'success' };

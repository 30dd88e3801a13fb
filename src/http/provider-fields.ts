import { z } from 'zod';

/** An id as text; a number is one too. */
const idField = z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string());

/** People as clients name them. */
export const providersField = z.array(z.object({ alias: z.string(), id: idField }));

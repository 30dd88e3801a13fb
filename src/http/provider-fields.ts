import { z } from 'zod';

/** An id as text; a number is one too. */
const idField = z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string());

/** More people than any form names, and fewer than a database is asked for at once. */
const most = 1_000;

/** People as clients name them. */
export const providersField = z.array(z.object({ alias: z.string(), id: idField })).max(most);

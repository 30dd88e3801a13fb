import type { SuccessJson } from '../../api/success.ts';

/** What is answered where there is nothing to tell. */
export const success: SuccessJson = { message: 'success' };

import type { SuccessJson } from '../../api/success.ts';

/** The answer of an endpoint that has nothing to return. */
export const success: SuccessJson = { message: 'success' };

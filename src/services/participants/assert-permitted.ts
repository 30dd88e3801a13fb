import { createError } from '../../base/errors.ts';

/**
 * Throws unless something is permitted.
 *
 * @param sentence the error message
 * @throws NOT_PERMITTED
 * @example assertPermitted(canKnock(thread, participant), 'Not authorized to knock.')
 */
export function assertPermitted(isPermitted: boolean, sentence: string): asserts isPermitted {
  if (!isPermitted) throw createError('NOT_PERMITTED', sentence);
}

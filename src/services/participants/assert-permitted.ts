import { createError } from '../../base/errors.ts';

/**
 * Goes on only where something is permitted.
 *
 * @param sentence says what is not
 * @throws NOT_PERMITTED
 * @example assertPermitted(canKnock(thread, participant), 'Not authorized to knock.')
 */
export function assertPermitted(isPermitted: boolean, sentence: string): asserts isPermitted {
  if (!isPermitted) throw createError('NOT_PERMITTED', sentence);
}

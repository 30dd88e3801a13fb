import { createError } from '../../base/errors.ts';

/**
 * Throws unless something is permitted.
 *
 * @param errorMessage the message of NOT_PERMITTED
 * @throws NOT_PERMITTED
 * @example assertPermitted(canKnock(thread, participant), 'Not authorized to knock.')
 */
export function assertPermitted(isPermitted: boolean, errorMessage: string): asserts isPermitted {
  if (!isPermitted) throw createError('NOT_PERMITTED', errorMessage);
}

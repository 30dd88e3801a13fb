import { failure } from '../../base/errors.ts';

/**
 * Goes on only where something is permitted.
 *
 * @param sentence says what is not
 * @throws NOT_PERMITTED
 * @example permit(canKnock(thread, participant), 'Not authorized to knock.')
 */
export function permit(isPermitted: boolean, sentence: string): asserts isPermitted {
  if (!isPermitted) throw failure('NOT_PERMITTED', sentence);
}

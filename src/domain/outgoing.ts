import { createError } from '../base/errors.ts';
import { characters, isLonger } from './characters.ts';
import { isTooDeep, maxDepth } from './depth.ts';
import { jsonBytes, kilobytes } from './limits.ts';
import type { MessageExtra } from './message.ts';
import { trim } from './text.ts';

/** The limits of one message. */
export interface OutgoingLimits {
  /** Characters of its text. */
  message: number;
  /** Kilobytes of its `extra`, as JSON. */
  extra: number;
}

/**
 * Checks the text of an outgoing message.
 *
 * @param limit in characters; an emoji of one code point counts as one
 * @throws MESSAGE_INVALID
 */
export function checkBody(body: string, limit: number): void {
  if (trim(body) === '') throw createError('MESSAGE_INVALID', 'it is empty');
  if (isLonger(body, limit)) {
    const found = `it has ${characters(body)} characters`;
    throw createError('MESSAGE_INVALID', `${found}, and at most ${limit} are allowed`);
  }
}

/**
 * Checks the `extra` of an outgoing message.
 *
 * @param limit kilobytes
 * @throws MESSAGE_INVALID
 */
export function checkExtra(extra: MessageExtra | null | undefined, limit: number): void {
  if (extra === null || extra === undefined) return;
  if (isTooDeep(extra))
    throw createError('MESSAGE_INVALID', `its extra data is nested deeper than ${maxDepth} levels`);
  if (jsonBytes(extra) > kilobytes(limit)) throw extraTooLarge(limit);
}

/** @param limit kilobytes */
export const extraTooLarge = (limit: number): Error =>
  createError('MESSAGE_INVALID', `its extra data is larger than ${limit} kilobytes as JSON`);

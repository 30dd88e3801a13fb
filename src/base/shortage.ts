import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { isError, isErrorCode, MessengerError, messageOf } from './errors.ts';

/** The system's codes for a temporary lack of a resource. */
const codes = ['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'ENOSPC', 'EDQUOT'];

/** Node's messages contain the code, even when the error has none or one of Node's own. */
const messagePattern = new RegExp(
  `^(?:(?:spawn|Worker initialization failure:) )?(${codes.join('|')})(?:: |$)`,
);

/**
 * The code of what the machine or the database temporarily lacks (space, file descriptors, a lock), if an
 * error reports that; otherwise undefined. Never throws.
 */
export function shortageOf(error: unknown, depth = 5): string | undefined {
  try {
    if (!isError(error) || depth === 0) return undefined;
    const code = 'code' in error ? String(error.code) : '';
    if (error instanceof MessengerError && isErrorCode(code) && code.startsWith('DATABASE_')) return code;
    if (codes.includes(code)) return code;
    return messagePattern.exec(messageOf(error))?.[1] ?? shortageOf(error.cause, depth - 1);
  } catch {
    // The error throws when it is read.
    return undefined;
  }
}

/**
 * Whether an error reports a temporary shortage of the machine or the database. No handler is to blame, and
 * the operation is tried again.
 */
export const isShortage = (error: unknown): boolean => shortageOf(error) !== undefined;

/** An error for a shortage, with the code that {@link shortageOf} found. */
export const shortageError = (code: string): Error => Object.assign(new Error(code), { code });

/** More descriptors than a worker needs for itself: that many are free for a moment when it ends. */
const spareDescriptors = 16;

/**
 * Whether this process can currently open fewer files than `count`.
 *
 * @param count each one costs a few microseconds
 */
export function lacksDescriptors(count = spareDescriptors): boolean {
  const opened: number[] = [];
  try {
    while (opened.length < count) opened.push(openSync(devNull, 'r'));
    return false;
  } catch (error) {
    return isShortage(error);
  } finally {
    for (const descriptor of opened) closeSync(descriptor);
  }
}

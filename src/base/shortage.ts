import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { isError, isErrorCode, MessengerError, messageOf } from './errors.ts';

/** What the system says when it has too little of something for a while. */
const codes = ['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'ENOSPC', 'EDQUOT'];

/** Node's sentences name the code, also where an error has none or one of Node's own. */
const sentences = new RegExp(`^(?:(?:spawn|Worker initialization failure:) )?(${codes.join('|')})(?:: |$)`);

/**
 * The code of what the machine or the database lacks for a while (room, file descriptors, a lock), where an error tells
 * of that; else undefined. Never throws.
 */
export function shortageOf(error: unknown, depth = 5): string | undefined {
  try {
    if (!isError(error) || depth === 0) return undefined;
    const code = 'code' in error ? String(error.code) : '';
    if (error instanceof MessengerError && isErrorCode(code) && code.startsWith('DATABASE_')) return code;
    if (codes.includes(code)) return code;
    return sentences.exec(messageOf(error))?.[1] ?? shortageOf(error.cause, depth - 1);
  } catch {
    // One that hides what it is.
    return undefined;
  }
}

/**
 * Whether an error tells of what the machine or the database lacks for a while. It is nobody's fault, and what met it
 * is tried again.
 */
export const isShortage = (error: unknown): boolean => shortageOf(error) !== undefined;

/** An error that tells of a shortage, with the code that {@link shortageOf} found. */
export const shortageError = (code: string): Error => Object.assign(new Error(code), { code });

/** More descriptors than a worker has for itself: those are free for a moment when it ends. */
const few = 16;

/**
 * Whether this process can open fewer files than that at the moment.
 *
 * @param count takes a few microseconds each
 */
export function lacksDescriptors(count = few): boolean {
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

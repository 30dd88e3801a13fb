import { isError, MessengerError, sentenceOf } from './errors.ts';

/** What the system says when it has too little of something for a while. */
const codes = ['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN'];

/** Errors lose their code on the way from a worker; Node's sentences begin with it. */
const sentences = /^(?:EMFILE|ENFILE|ENOMEM|EAGAIN): |^spawn (?:EMFILE|ENFILE|ENOMEM|EAGAIN)\b/;

/**
 * Whether an error tells of what the machine or the database lacks for a while: room, file descriptors, a lock. It is
 * nobody's fault, and what met it is tried again.
 */
export function isShortage(error: unknown, depth = 5): boolean {
  if (!isError(error) || depth === 0) return false;
  if (error instanceof MessengerError && error.code.startsWith('DATABASE_')) return true;
  const code = 'code' in error ? String(error.code) : '';
  return codes.includes(code) || sentences.test(sentenceOf(error)) || isShortage(error.cause, depth - 1);
}

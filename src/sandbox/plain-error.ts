import path from 'node:path';
import { MessengerError, sentenceOf } from '../base/errors.ts';
import type { PlainError } from './protocol.ts';
import { asAuthored } from './working-copies.ts';

/** Characters that are kept of what an error says: it is stored with its run, and shown. */
const longestMessage = 10_000;

const shortened = (message: string): string =>
  message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message;

/**
 * An error as plain data. Of its stack only the frames below the workspace are kept, with relative paths:
 * the author's own, which are the ones to look at.
 */
export function toPlainError(thrown: unknown, workspace: string): PlainError {
  const ours = thrown instanceof MessengerError ? thrown : undefined;
  return {
    message: asAuthored(shortened(sentenceOf(thrown))),
    code: ours?.code ?? null,
    errors: ours?.errors ?? null,
    stack: thrown instanceof Error ? authorFrames(thrown.stack ?? '', workspace) : null,
  };
}

const authorStacks = new WeakMap<Error, string | null>();

/** The error that was sent, as one that can be thrown. */
export function fromPlainError(plain: PlainError): Error {
  const error = plain.code
    ? new MessengerError(plain.code, plain.message, plain.errors ?? undefined)
    : new Error(plain.message);
  error.stack = plain.stack ?? '';
  authorStacks.set(error, plain.stack);
  return error;
}

/** The author's frames of an error that crossed from a thread; null for one of our own making. */
export const authorStackOf = (error: unknown): string | null =>
  error instanceof Error ? (authorStacks.get(error) ?? null) : null;

function authorFrames(stack: string, workspace: string): string | null {
  const root = `${workspace}${path.sep}`;
  const frames = asAuthored(stack)
    .split('\n')
    .filter((line) => /^\s*at /.test(line) && line.includes(root) && !line.includes('node_modules'))
    .map((line) => line.trim().replaceAll('file://', '').replaceAll(root, ''));
  return frames.length > 0 ? frames.join('\n') : null;
}

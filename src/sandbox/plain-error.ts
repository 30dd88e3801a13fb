import path from 'node:path';
import { types } from 'node:util';
import {
  type FieldErrors,
  isError,
  isErrorCode,
  MessengerError,
  sentenceOf,
  stackOf,
} from '../base/errors.ts';
import { shortageError, shortageOf } from '../base/shortage.ts';
import type { PlainError } from './protocol.ts';
import { asAuthored } from './working-copies.ts';

/**
 * An error as plain data. Of its stack only the frames below the workspace are kept, with relative paths:
 * the author's own, which are the ones to look at.
 */
export function toPlainError(thrown: unknown, workspace: string): PlainError {
  const ours =
    isError(thrown) && !types.isProxy(thrown) && thrown instanceof MessengerError ? thrown : undefined;
  return {
    message: asAuthored(sentenceOf(thrown)),
    code: isErrorCode(ours?.code) ? ours.code : null,
    errors: ours?.errors ? plainErrors(ours.errors) : null,
    stack: authorFrames(stackOf(thrown), workspace),
    shortage: shortageOf(thrown) ?? null,
  };
}

/** Authors can make errors of our class too, with whatever in it. */
const plainErrors = (errors: FieldErrors): FieldErrors =>
  Object.fromEntries(
    Object.entries(errors).map(([field, sentences]) => [field, [sentences].flat().map(String)]),
  );

const authorStacks = new WeakMap<Error, string | null>();

/** The error that was sent, as one that can be thrown. */
export function fromPlainError(plain: PlainError): Error {
  const error = plain.code
    ? new MessengerError(plain.code, plain.message, plain.errors ?? undefined)
    : new Error(plain.message);
  error.stack = plain.stack ?? '';
  if (plain.shortage !== null) error.cause = shortageError(plain.shortage);
  authorStacks.set(error, plain.stack);
  return error;
}

/** Whether an error is one that authors' code threw, and not one of our own making. */
export const isToldByWorker = (error: Error): boolean => authorStacks.has(error);

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

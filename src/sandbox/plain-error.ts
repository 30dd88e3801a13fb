import path from 'node:path';
import { types } from 'node:util';
import { cutText } from '../base/cut-text.ts';
import { isError, isErrorCode, MessengerError, messageOf, readProperty, stackOf } from '../base/errors.ts';
import { boundErrors } from '../base/field-errors.ts';
import { shortageError, shortageOf } from '../base/shortage.ts';
import type { PlainError } from './protocol.ts';
import { asAuthored } from './working-copies.ts';

/**
 * Converts any thrown value to plain data of limited size. Keeps only the author's stack frames, those below
 * the workspace, with relative paths. Never throws.
 */
export function toPlainError(thrown: unknown, workspace: string): PlainError {
  const isOurs = isError(thrown) && !types.isProxy(thrown) && thrown instanceof MessengerError;
  const code = isOurs ? readProperty(thrown, 'code') : undefined;
  const errors = isOurs ? readProperty(thrown, 'errors') : undefined;
  return {
    message: asAuthored(messageOf(thrown)),
    code: isErrorCode(code) ? code : null,
    errors: typeof errors === 'object' && errors !== null ? boundErrors(errors) : null,
    stack: authorFrames(framesOf(thrown), workspace),
    shortage: shortageOf(thrown) ?? null,
  };
}

const authorStacks = new WeakMap<Error, string | null>();

/** Recreates an error that was sent. Its sizes are not trusted. */
export function fromPlainError(plain: PlainError): Error {
  const message = cutText(plain.message);
  const stack = plain.stack === null ? null : boundFrames(plain.stack.split('\n', limits.frames + 1));
  const error = plain.code
    ? new MessengerError(plain.code, message, plain.errors ? boundErrors(plain.errors) : undefined)
    : new Error(message);
  error.stack = stack ?? '';
  if (plain.shortage !== null) error.cause = shortageError(cutText(plain.shortage));
  authorStacks.set(error, stack);
  return error;
}

/** Whether an error was thrown by authors' code and not by ours. */
export const isFromWorker = (error: Error): boolean => authorStacks.has(error);

/** The author's frames of an error from a worker; null for one of our own errors. */
export const authorStackOf = (error: unknown): string | null =>
  error instanceof Error ? (authorStacks.get(error) ?? null) : null;

/** How many characters of a stack are read; how many frames are kept, and how many characters of each. */
const limits = { text: 262_144, frames: 50, frame: 500 };

/** A stack begins with the message, which may be very long and may look like frames. */
function framesOf(thrown: unknown): string {
  const stack = stackOf(thrown);
  const message = isError(thrown) ? readProperty(thrown, 'message') : undefined;
  const header = typeof message === 'string' && message !== '' ? stack.indexOf(message) : -1;
  const start = header < 0 ? 0 : header + String(message).length;
  return stack.slice(start, start + limits.text);
}

function authorFrames(stack: string, workspace: string): string | null {
  const root = `${workspace}${path.sep}`;
  const frames = asAuthored(stack)
    .split('\n')
    .filter((line) => /^\s*at /.test(line) && line.includes(root) && !line.includes('node_modules'))
    .map((line) => line.trim().replaceAll('file://', '').replaceAll(root, ''));
  return frames.length > 0 ? boundFrames(frames) : null;
}

/** The innermost frames, with a note if there were more. */
function boundFrames(frames: readonly string[]): string {
  const kept = frames.slice(0, limits.frames).map((frame) => frame.slice(0, limits.frame));
  return [...kept, ...(frames.length > kept.length ? ['… and more calls'] : [])].join('\n');
}

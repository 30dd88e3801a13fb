import { inspect, types } from 'node:util';
import { cutText } from './cut-text.ts';
import { errorCatalogue } from './error-catalogue.ts';

/** What is wrong with each field: the field's path with dots (`replies.0`), and its messages. */
export type FieldErrors = Record<string, string[]>;

/** The code of an error: a key of the catalogue. */
export type ErrorCode = keyof typeof errorCatalogue;
type MessageArguments<Code extends ErrorCode> = Parameters<(typeof errorCatalogue)[Code]['message']>;

/**
 * An error that the product raised on purpose, with a code of the catalogue and a readable message. Made by
 * {@link createError}.
 */
export class MessengerError extends Error {
  override readonly name = 'MessengerError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    /** The messages by field, when input failed its checks. */
    readonly errors?: FieldErrors,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The HTTP status of the answer to this error. */
  get status(): number {
    return errorCatalogue[this.code].status;
  }
}

/**
 * Creates the error of a code, with its message filled in.
 *
 * @example throw createError('HANDLER_TIMEOUT', 'HelloBot', 30_000)
 */
export function createError<Code extends ErrorCode>(
  code: Code,
  ...args: MessageArguments<Code>
): MessengerError {
  const format = errorCatalogue[code].message as (...args: MessageArguments<Code>) => string;
  return new MessengerError(code, format(...args));
}

/** Creates the error of a code and keeps the error that caused it as its `cause`. */
export const wrapError = <Code extends ErrorCode>(
  cause: unknown,
  code: Code,
  ...args: MessageArguments<Code>
): MessengerError => new MessengerError(code, createError(code, ...args).message, undefined, { cause });

/** The error for input with invalid fields; `subject` names the input. */
export function invalidParameters(subject: string, errors: FieldErrors): MessengerError {
  const messages = Object.values(errors).flat();
  const { message } = createError('INVALID_PARAMETERS', subject, messages[0] ?? '', messages.length - 1);
  return new MessengerError('INVALID_PARAMETERS', message, errors);
}

/** The error for a request with invalid fields. */
export function invalidInput(errors: FieldErrors): MessengerError {
  const messages = Object.values(errors).flat();
  const { message } = createError('INVALID_INPUT', messages[0] ?? '', messages.length - 1);
  return new MessengerError('INVALID_INPUT', message, errors);
}

/** Whether a value is an error code. */
export const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(errorCatalogue, code);

/**
 * Returns the message of any thrown value, even one that is not an Error or throws when read. Cuts long
 * messages. Never throws.
 */
export function messageOf(thrown: unknown): string {
  try {
    return cutText(isError(thrown) ? errorMessage(thrown) : (textOf(thrown) ?? describeUnknown(thrown)));
  } catch {
    return `a ${typeof thrown} that cannot be shown was thrown`;
  }
}

/** Returns the stack of any thrown value, or an empty string. Never throws. */
export function stackOf(thrown: unknown): string {
  const stack = isError(thrown) ? readProperty(thrown, 'stack') : undefined;
  if (typeof stack === 'string') return stack;
  return types.isProxy(thrown) ? inspectSafely(thrown) : '';
}

/** Returns a thrown value as an Error whose message and stack are strings. */
export function asError(thrown: unknown): Error {
  if (isError(thrown) && !types.isProxy(thrown)) {
    const [message, stack] = [readProperty(thrown, 'message'), readProperty(thrown, 'stack')];
    if (typeof message === 'string' && typeof stack === 'string') return thrown;
  }
  const error = new Error(messageOf(thrown));
  error.stack = stackOf(thrown);
  return error;
}

/** Whether a value is an Error, including one from another realm. A Proxy may throw when it is asked. */
export function isError(thrown: unknown): thrown is Error {
  try {
    return types.isNativeError(thrown) || thrown instanceof Error;
  } catch {
    return false;
  }
}

const textOf = (thrown: unknown): string | undefined =>
  typeof thrown === 'string' && thrown !== '' ? thrown : undefined;

/** How many errors of an `AggregateError` are shown. */
const maxShown = 3;

function errorMessage(error: Error, inside = false): string {
  const message = readProperty(error, 'message');
  const name = textOf(readProperty(error, 'name')) ?? 'Error';
  if (typeof message === 'string' && message !== '') return message;
  if (['number', 'boolean', 'bigint'].includes(typeof message)) return String(message);
  if (message !== '' && message !== undefined && message !== null)
    return `${name}: its message is not text: ${inspectSafely(message)}`;
  const errors = inside ? undefined : readProperty(error, 'errors');
  if (!Array.isArray(errors) || errors.length === 0) return name;
  const messages = errors
    .slice(0, maxShown)
    .map((each) => (isError(each) ? errorMessage(each, true) : inspectSafely(each)));
  return `${name}: ${messages.join('; ')}${errors.length > maxShown ? '; …' : ''}`;
}

const describeUnknown = (thrown: unknown): string =>
  types.isProxy(thrown)
    ? `a Proxy was thrown: ${firstLines(inspectSafely(thrown))}`
    : `a value that is not an Error was thrown: ${inspectSafely(thrown)}`;

/** The part of a stack before its frames. */
const firstLines = (stack: string): string => stack.split(/\n\s+at /)[0] ?? '';

/** Reads a property of a foreign object, where a getter or a Proxy trap may throw. */
export function readProperty(object: object, name: string): unknown {
  try {
    return Reflect.get(object, name);
  } catch (error) {
    return new Unreadable(error);
  }
}

/** Stands for a property that could not be read. */
class Unreadable {
  readonly #reason: unknown;

  constructor(reason: unknown) {
    this.#reason = reason;
  }

  [inspect.custom](): string {
    const reason = isError(this.#reason) ? readProperty(this.#reason, 'message') : undefined;
    return `reading it throws${typeof reason === 'string' ? ` "${reason}"` : ''}`;
  }
}

/** Formats a value as Node does. Custom inspection runs for our own objects only. */
function inspectSafely(value: unknown): string {
  try {
    return inspect(value, { depth: 0, customInspect: !types.isProxy(value) && value instanceof Unreadable });
  } catch {
    return `a ${typeof value} that cannot be shown`;
  }
}

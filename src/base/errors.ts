import { inspect } from 'node:util';
import { errorCatalogue } from './error-catalogue.ts';

/** What was wrong with each field: the field's path with dots (`replies.0`) and its sentences. */
export type FieldErrors = Record<string, string[]>;

/** The code of an error: a key of the catalogue. */
export type ErrorCode = keyof typeof errorCatalogue;
type SentenceArguments<Code extends ErrorCode> = Parameters<(typeof errorCatalogue)[Code]['sentence']>;

/**
 * An error the product raised on purpose: a code of the catalogue and a sentence for a person.
 * Made by {@link failure}.
 */
export class MessengerError extends Error {
  override readonly name = 'MessengerError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    /** The sentences by field, where input failed its checks. */
    readonly errors?: FieldErrors,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The HTTP status that answers this error. */
  get status(): number {
    return errorCatalogue[this.code].status;
  }
}

/**
 * The error of a code, with its sentence filled in.
 *
 * @example throw failure('HANDLER_TIMEOUT', 'HelloBot', 30_000)
 */
export function failure<Code extends ErrorCode>(
  code: Code,
  ...args: SentenceArguments<Code>
): MessengerError {
  const sentence = errorCatalogue[code].sentence as (...args: SentenceArguments<Code>) => string;
  return new MessengerError(code, sentence(...args));
}

/** The error for input that failed its checks field by field; `subject` names what was given. */
export function invalidParameters(subject: string, errors: FieldErrors): MessengerError {
  const sentences = Object.values(errors).flat();
  const { message } = failure('INVALID_PARAMETERS', subject, sentences[0] ?? '', sentences.length - 1);
  return new MessengerError('INVALID_PARAMETERS', message, errors);
}

/** The error for a request whose fields failed their checks. */
export function invalidInput(errors: FieldErrors): MessengerError {
  const sentences = Object.values(errors).flat();
  const { message } = failure('INVALID_INPUT', sentences[0] ?? '', sentences.length - 1);
  return new MessengerError('INVALID_INPUT', message, errors);
}

/** The sentence of anything that was thrown, also of what is no Error. */
export function sentenceOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name;
  if (typeof thrown === 'string') return thrown;
  const shown = typeof thrown === 'object' ? inspect(thrown, { depth: 0 }) : String(thrown);
  return `a value that is no Error was thrown: ${shown}`;
}

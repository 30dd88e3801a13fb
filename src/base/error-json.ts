import { type FieldErrors, MessengerError, messageOf } from './errors.ts';

/** An error as printed by every command and every event of `simulate`. */
export interface ErrorJson {
  code: string;
  message: string;
  /** The messages by field, when input was invalid. */
  errors?: FieldErrors;
}

/** A thrown value as JSON, with its code if it is one of our errors. */
export const errorJson = (error: unknown): ErrorJson =>
  error instanceof MessengerError
    ? { code: error.code, message: error.message, ...(error.errors && { errors: error.errors }) }
    : { code: 'INTERNAL', message: messageOf(error) };

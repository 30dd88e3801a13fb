/** A reason for the middle of a sentence, without its full stop. */
export const clause = (reason: string): string => reason.replace(/\.\s*$/, '');

/** A reason for the end of a sentence, with a full stop unless it is a question. */
export const ended = (reason: string): string =>
  /\?\s*$/.test(reason) ? reason.trimEnd() : `${clause(reason)}.`;

/** One entry of the catalogue: the HTTP status, and a function that builds the message from its arguments. */
export const defineError = <Args extends unknown[]>(status: number, message: (...args: Args) => string) => ({
  status,
  message,
});

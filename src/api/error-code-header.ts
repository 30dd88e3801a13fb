/** The header with the code of an error. Clients load this file, so it imports nothing. */
export const errorCodeHeader = 'messenger-error';

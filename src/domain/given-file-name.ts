/** The name of a file as it was given. The stored one has an id before the extension. */
export const givenFileName = (stored: string): string => stored.replace(/_[0-9a-f-]{36}(?=\.\w+$)/, '');

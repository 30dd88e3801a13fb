/** Removes the byte order mark that Windows tools write at the beginning of a text. */
export const withoutByteOrderMark = (text: string): string => text.replace(/^\ufeff/, '');

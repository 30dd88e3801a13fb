/** A text without the mark that Windows tools put at its beginning. */
export const withoutByteOrderMark = (text: string): string => text.replace(/^\ufeff/, '');

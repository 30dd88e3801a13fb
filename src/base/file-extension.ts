import path from 'node:path';

/**
 * The extension of a file's name in lower case, without its dot. Empty if there is none.
 *
 * @example extensionOf('cats/Tom.JPG') // 'jpg'
 */
export const extensionOf = (name: string): string => path.extname(name).slice(1).toLowerCase();

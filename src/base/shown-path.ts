import path from 'node:path';

/** A file as messages name it: its path from a folder. What is no path, like the name of a module, stays as it is. */
export const shownPath = (folder: string, file: string): string =>
  path.isAbsolute(file) ? path.relative(folder, file) : file;

/** The import path of the ready-made handlers and packages. Workers treat it as one file. */
export const libraryName = 'messenger-bots/library';

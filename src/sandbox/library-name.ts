/** The import path of the ready-made handlers and packages: one file, as far as workers are concerned. */
export const libraryName = 'messenger-bots/library';

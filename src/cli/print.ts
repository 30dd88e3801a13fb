import { escapeControls } from './text.ts';

/** Prints a command's answer, or a part of it. */
export const printLine = (text: string): void => console.log(escapeControls(text));

/** Prints a warning or an error, separate from the answer. */
export const printWarning = (text: string): void => console.error(escapeControls(text));
